from typing import ClassVar

from django.db import models

from hosts.models.host import Host


class VirtualNetwork(models.Model):
    """A libvirt network as last seen."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="networks")
    uuid = models.UUIDField()
    name = models.CharField(max_length=255)
    active = models.BooleanField(default=False)
    autostart = models.BooleanField(default=False)
    bridge = models.CharField(max_length=64, blank=True)
    forward_mode = models.CharField(max_length=16, blank=True)  # nat, route, open, bridge …; empty: isolated
    facts = models.JSONField(default=dict)
    missing_since = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["host", "uuid"], name="network_once_per_host")]

    def __str__(self) -> str:
        return self.name
