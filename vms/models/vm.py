from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Vm(models.Model):
    """A guest. What people decided stands first; what was merely observed is written by `vms.sync` alone.

    Known by (host, UUID), never by name. A guest that libvirt no longer shows is marked `missing_since`, never
    deleted by the watcher: its owner, tags and history stay.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        SHUTOFF = "shutoff", _("Off")
        SAVED = "saved", _("Saved")
        CRASHED = "crashed", _("Crashed")
        PMSUSPENDED = "pmsuspended", _("Asleep")
        SHUTDOWN = "shutdown", _("Shutting down")
        UNKNOWN = "unknown", _("Unknown")

    # Decided by people.
    host = models.ForeignKey("hosts.Host", on_delete=models.CASCADE, related_name="vms")
    uuid = models.UUIDField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="vms"
    )
    tags = models.ManyToManyField("vms.Tag", blank=True, related_name="vms")
    protected = models.BooleanField(default=False)

    # Observed.
    name = models.CharField(max_length=300, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.UNKNOWN, db_index=True)
    state_reason = models.CharField(max_length=64, blank=True)
    state_since = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    persistent = models.BooleanField(default=True)
    autostart = models.BooleanField(default=False)
    vcpus = models.PositiveIntegerField(default=0)
    memory_mib = models.PositiveIntegerField(default=0)
    disk_bytes = models.BigIntegerField(default=0)
    virt_type = models.CharField(max_length=8, blank=True)
    arch = models.CharField(max_length=16, blank=True)
    machine = models.CharField(max_length=64, blank=True)
    firmware = models.CharField(max_length=32, blank=True)
    addresses = models.JSONField(default=list)  # IP addresses as text, best first
    facts = models.JSONField(default=dict)  # GuestFacts as plain data, without the XML
    xml = models.TextField(blank=True)  # the stored definition, without secrets
    live_xml = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    missing_since = models.DateTimeField(null=True, db_index=True)
    first_seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["host", "uuid"], name="guest_once_per_host")]
        indexes: ClassVar = [models.Index(fields=["host", "name"])]

    def __str__(self) -> str:
        return self.name


class VmDisk(models.Model):
    """A disk of a guest as last seen; `source` and `backing` tell who uses which volume. Sizes in bytes."""

    vm = models.ForeignKey(Vm, on_delete=models.CASCADE, related_name="disks")
    target = models.CharField(max_length=16)
    device = models.CharField(max_length=16)  # disk, cdrom, floppy, lun
    source = models.TextField(blank=True, db_index=True)
    backing = models.JSONField(default=list)
    capacity = models.BigIntegerField(default=0)
    allocation = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["target"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["vm", "target"], name="disk_once_per_guest")]

    def __str__(self) -> str:
        return f"{self.target} {self.source}"


class VmLoad(models.Model):
    """The newest numbers of a guest, for sorting and filtering; the last hour is in `kvmweb.metrics`."""

    vm = models.OneToOneField(Vm, on_delete=models.CASCADE, related_name="load")
    at = models.DateTimeField()
    cpu_percent = models.FloatField(default=0, db_index=True)  # of all its vCPUs together, 0 to 100
    memory_used_mib = models.PositiveIntegerField(default=0)
    disk_bytes_per_s = models.BigIntegerField(default=0)
    net_bytes_per_s = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.vm} {self.cpu_percent:.0f} %"
