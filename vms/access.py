"""Guests arrive only through here: what a person may not see does not exist, what they may not do is refused."""

from django.db.models import QuerySet

from kvmweb.accounts.policy import Permission, Rights
from kvmweb.errors import Forbidden, NotFound, gettext_noop
from vms.models import Vm


def visible_vms(rights: Rights, permission: Permission = Permission.VIEW) -> QuerySet[Vm]:
    """The guests on which the person has this permission."""
    return Vm.objects.filter(rights.guest_filter(permission))


def get_vm(rights: Rights, pk: int, permission: Permission = Permission.VIEW) -> Vm:
    """The guest of that key, with its host. Raises NotFound if unseen, Forbidden if this permission is missing."""
    vm = visible_vms(rights).select_related("host", "owner").filter(pk=pk).first()
    if vm is None:
        raise NotFound(gettext_noop("There is no such guest."), code="guest.unknown")
    if not rights.on_guest(vm, permission):
        raise Forbidden(
            gettext_noop("You may not do this to {guest}."),
            hint=gettext_noop("Ask an administrator or the guest's owner for the right."),
            code="guest.forbidden",
            guest=vm.name,
        )
    return vm
