"""Hosts and what belongs to them arrive only through here: what a person may not see does not exist."""

from django.db.models import QuerySet

from hosts.models import Host, StoragePool, VirtualNetwork
from kvmweb.accounts.policy import Permission, Rights
from kvmweb.errors import Forbidden, NotFound, gettext_noop


def visible_hosts(rights: Rights, permission: Permission = Permission.VIEW) -> QuerySet[Host]:
    """The hosts on which the person has this permission."""
    return Host.objects.filter(rights.host_filter(permission))


def get_host(rights: Rights, pk: int, permission: Permission = Permission.VIEW) -> Host:
    """The host of that key. Raises NotFound if the person may not see it, Forbidden if not this permission."""
    host = visible_hosts(rights).filter(pk=pk).first()
    if host is None:
        raise NotFound(gettext_noop("There is no such host."), code="host.unknown")
    if not rights.on_host(host.pk, permission):
        raise Forbidden(
            gettext_noop("You may not do this on {host}."),
            hint=gettext_noop("Ask an administrator for the right."),
            code="host.forbidden",
            host=host.name,
        )
    return host


def visible_pools(rights: Rights) -> QuerySet[StoragePool]:
    return StoragePool.objects.filter(rights.host_filter(Permission.VIEW, "host__")).select_related("host")


def visible_networks(rights: Rights) -> QuerySet[VirtualNetwork]:
    return VirtualNetwork.objects.filter(rights.host_filter(Permission.VIEW, "host__")).select_related("host")
