from typing import ClassVar

from django.db import models

from hosts.models.host import Host


class NodeDevice(models.Model):
    """A device of a host (PCI, USB, net, disk …) as last seen."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="node_devices")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=32)
    summary = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["host", "name"], name="device_once_per_host")]

    def __str__(self) -> str:
        return self.name
