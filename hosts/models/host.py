from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kvmweb.encrypted import EncryptedTextField


class Host(models.Model):
    """A libvirt host. What people decided stands first; what was merely observed is written by `hosts.sync` alone."""

    class Kind(models.TextChoices):
        LOCAL = "local", _("This machine")
        SSH = "ssh", _("SSH")
        TLS = "tls", _("TLS")
        TCP = "tcp", _("TCP without encryption")
        URI = "uri", _("libvirt URI")

    class State(models.TextChoices):
        CONNECTING = "connecting", _("Connecting")
        UP = "up", _("Up")
        UNREACHABLE = "unreachable", _("Unreachable")
        REFUSED = "refused", _("Credentials refused")
        DISABLED = "disabled", _("Disabled")

    class VirtChoice(models.TextChoices):
        AUTO = "auto", _("Found out by a probe")
        KVM = "kvm", _("KVM")
        QEMU = "qemu", _("Emulation")

    # Decided by people.
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    address = models.CharField(max_length=255, blank=True)
    port = models.PositiveIntegerField(null=True, blank=True)
    username = models.CharField(max_length=64, blank=True)
    uri = models.CharField(max_length=500)
    password = EncryptedTextField(blank=True)
    known_host_key = models.TextField(blank=True)
    tls_ca = models.TextField(blank=True)
    tls_certificate = models.TextField(blank=True)
    tls_key = EncryptedTextField(blank=True)
    enabled = models.BooleanField(default=True)
    maintenance = models.BooleanField(default=False)
    virt_choice = models.CharField(max_length=8, choices=VirtChoice, default=VirtChoice.AUTO)
    created_at = models.DateTimeField(auto_now_add=True)

    # Observed.
    state = models.CharField(max_length=16, choices=State, default=State.CONNECTING, db_index=True)
    state_since = models.DateTimeField(null=True)
    state_reason = models.TextField(blank=True)
    state_hint = models.TextField(blank=True)
    state_details = models.TextField(blank=True)
    last_contact_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    host_uuid = models.CharField(max_length=36, blank=True)
    hostname = models.CharField(max_length=255, blank=True)
    cpus = models.PositiveIntegerField(default=0)
    memory_mib = models.PositiveIntegerField(default=0)
    libvirt_version = models.CharField(max_length=32, blank=True)
    hypervisor_version = models.CharField(max_length=64, blank=True)
    virt_found = models.CharField(max_length=8, blank=True)  # "kvm" or "qemu" once the probe has ended
    booted_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)  # HypervisorFacts as plain data

    # The watcher that looks after this host; another takes over when the lease has run out.
    watcher = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_up(self) -> bool:
        return self.state == self.State.UP

    @property
    def virt_type(self) -> str:
        """The domain type for new guests here: what an administrator chose, else what the probe found."""
        return self.virt_found or "qemu" if self.virt_choice == self.VirtChoice.AUTO else self.virt_choice


class HostLoad(models.Model):
    """The newest numbers of a host; the last hour is in `kvmweb.metrics`."""

    host = models.OneToOneField(Host, on_delete=models.CASCADE, related_name="load")
    at = models.DateTimeField()
    cpu_percent = models.FloatField(default=0)  # of all CPUs together
    memory_used_mib = models.PositiveIntegerField(default=0)
    disk_bytes_per_s = models.BigIntegerField(default=0)
    net_bytes_per_s = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.host} {self.cpu_percent:.0f} %"
