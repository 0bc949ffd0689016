from typing import ClassVar

from django.db import models

from hosts.models.host import Host


class Event(models.Model):
    """Something that happened on a host or to a guest, by whomever: started, crashed, unreachable, pool stopped."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="events")
    vm = models.ForeignKey("vms.Vm", null=True, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=64)  # guest.started, host.unreachable, pool.stopped …
    text = models.CharField(max_length=500)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["vm", "-id"]), models.Index(fields=["host", "-id"])]

    def __str__(self) -> str:
        return self.text
