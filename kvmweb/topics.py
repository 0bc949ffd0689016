"""Which topics a person may subscribe to. A topic nobody defined is refused."""

from collections.abc import Callable

from hosts.models import Host, StoragePool, VirtualNetwork
from kvmweb.accounts.policy import Permission, Rights
from kvmweb.jobs.access import may_see_job
from kvmweb.jobs.models import Job
from vms.models import Vm

LISTS = frozenset({"vms", "hosts", "jobs", "pools", "networks"})


def may_subscribe(rights: Rights, topic: str) -> bool:
    """Whether a person with these rights may hear of `topic`. One query for a topic of one object."""
    if topic in LISTS:
        return rights.user_id is not None
    kind, _dot, key = topic.partition(".")
    rule = _RULES.get(kind)
    if rule is None or not key.isascii() or not key.isdigit() or len(key) > 18:
        return False
    return rule(rights, int(key))


def _vm(rights: Rights, pk: int) -> bool:
    return Vm.objects.filter(rights.guest_filter(Permission.VIEW), pk=pk).exists()


def _host(rights: Rights, pk: int) -> bool:
    return Host.objects.filter(rights.host_filter(Permission.VIEW), pk=pk).exists()


def _pool(rights: Rights, pk: int) -> bool:
    return StoragePool.objects.filter(rights.host_filter(Permission.VIEW, "host__"), pk=pk).exists()


def _network(rights: Rights, pk: int) -> bool:
    return VirtualNetwork.objects.filter(rights.host_filter(Permission.VIEW, "host__"), pk=pk).exists()


def _job(rights: Rights, pk: int) -> bool:
    job = Job.objects.filter(pk=pk).select_related("vm").first()
    return job is not None and may_see_job(rights, job)


_RULES: dict[str, Callable[[Rights, int], bool]] = {
    "vm": _vm,
    "host": _host,
    "pool": _pool,
    "network": _network,
    "job": _job,
}


def permitted(rights: Rights, topics: list[str]) -> set[str]:
    """Those of `topics` that the person may hear of; guests are looked up together, a list may name hundreds."""
    guests = {
        int(t[3:]) for t in topics if t.startswith("vm.") and t[3:].isascii() and t[3:].isdigit() and len(t) < 21
    }
    seen = Vm.objects.filter(rights.guest_filter(Permission.VIEW), pk__in=guests).values_list("pk", flat=True)
    allowed = {f"vm.{pk}" for pk in seen}
    return allowed | {t for t in topics if not t.startswith("vm.") and may_subscribe(rights, t)}
