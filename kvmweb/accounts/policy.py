"""Who may do what: the one table that pages, sockets, consoles and jobs ask. Deny by default."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from kvmweb.accounts.models import Grant, Role, User


class Permission(StrEnum):
    """What can be asked of the policy. `VIEW` shows rows and numbers; the screen itself needs `CONSOLE`."""

    VIEW = "view"
    CONSOLE = "console"
    OPERATE = "operate"  # start, stop, pause, save …
    EDIT = "edit"  # rename, title, notes, tags, protection
    DELETE = "delete"
    CREATE = "create"  # new guests on a host
    CONFIGURE = "configure"  # hosts: add, edit, disable, remove, pools, networks
    ADMINISTER = "administer"  # people, groups, grants, audit log


_OPERATOR = frozenset(
    {
        Permission.VIEW,
        Permission.CONSOLE,
        Permission.OPERATE,
        Permission.EDIT,
        Permission.DELETE,
        Permission.CREATE,
    }
)
ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.VIEW}),
    Role.OPERATOR: _OPERATOR,
    Role.ADMINISTRATOR: frozenset(Permission),
}
OWNER_PERMISSIONS = _OPERATOR - {Permission.CREATE}


@dataclass(frozen=True)
class Rights:
    """All that one person may do, read from the grants in one query. Ask it, keep it for one request only."""

    user_id: int | None = None
    everywhere: frozenset[Permission] = frozenset()
    hosts: dict[int, frozenset[Permission]] = field(default_factory=dict)
    guests: dict[int, frozenset[Permission]] = field(default_factory=dict)

    def anywhere(self, permission: Permission) -> bool:
        """Whether there is any object on which the person has this permission through a grant."""
        sets = [self.everywhere, *self.hosts.values(), *self.guests.values()]
        return any(permission in held for held in sets)

    def on_everything(self, permission: Permission) -> bool:
        return permission in self.everywhere

    def on_host(self, host_id: int | None, permission: Permission) -> bool:
        return permission in self.everywhere or permission in self.hosts.get(host_id or 0, ())

    def on_guest(self, vm: Any, permission: Permission) -> bool:
        """Whether the person may do this to a guest row (an object with `pk`, `host_id`, `owner_id`)."""
        if self.on_host(vm.host_id, permission) or permission in self.guests.get(vm.pk, ()):
            return True
        return self.user_id is not None and vm.owner_id == self.user_id and permission in OWNER_PERMISSIONS

    def host_filter(self, permission: Permission, prefix: str = "") -> Q:
        """The condition on `hosts.Host` rows (or on rows that reach one through `prefix`)."""
        if permission in self.everywhere:
            return Q()
        return Q(**{f"{prefix}pk__in": _having(self.hosts, permission)})

    def guest_filter(self, permission: Permission, prefix: str = "") -> Q:
        """The condition on `vms.Vm` rows (or on rows that reach one through `prefix`)."""
        if permission in self.everywhere:
            return Q()
        allowed = Q(**{f"{prefix}host_id__in": _having(self.hosts, permission)}) | Q(
            **{f"{prefix}pk__in": _having(self.guests, permission)}
        )
        if self.user_id is not None and permission in OWNER_PERMISSIONS:
            allowed |= Q(**{f"{prefix}owner_id": self.user_id})
        return allowed


NOBODY = Rights()


def rights(user: User | AnonymousUser) -> Rights:
    """The rights of a person now, read from the database. An inactive or anonymous person has none."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    grants = Grant.objects.filter(Q(user=user) | Q(group__user=user)).values_list("role", "host_id", "vm_id")
    return from_grants(user.pk, grants)


def from_grants(user_id: int, grants: Iterable[tuple[str, int | None, int | None]]) -> Rights:
    """Rights from (role, host, guest) triples; a role seen twice for one scope adds up."""
    everywhere: frozenset[Permission] = frozenset()
    hosts: dict[int, frozenset[Permission]] = {}
    guests: dict[int, frozenset[Permission]] = {}
    for role, host_id, vm_id in grants:
        held = ROLE_PERMISSIONS.get(role, frozenset())
        if host_id is not None:
            hosts[host_id] = hosts.get(host_id, frozenset()) | held
        elif vm_id is not None:
            guests[vm_id] = guests.get(vm_id, frozenset()) | held
        else:
            everywhere |= held
    return Rights(user_id, everywhere, hosts, guests)


def _having(scopes: dict[int, frozenset[Permission]], permission: Permission) -> list[int]:
    return [pk for pk, held in scopes.items() if permission in held]
