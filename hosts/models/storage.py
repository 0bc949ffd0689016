from typing import ClassVar

from django.db import models

from hosts.models.host import Host


class StoragePool(models.Model):
    """A storage pool as last seen. Sizes in bytes."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="pools")
    uuid = models.UUIDField()
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=32)
    state = models.CharField(max_length=16)  # running, inactive, building, degraded, inaccessible
    autostart = models.BooleanField(default=False)
    path = models.TextField(blank=True)
    capacity = models.BigIntegerField(default=0)
    allocation = models.BigIntegerField(default=0)
    available = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict)
    missing_since = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["host", "uuid"], name="pool_once_per_host")]

    def __str__(self) -> str:
        return self.name


class Volume(models.Model):
    """A volume of a pool as last seen. Sizes in bytes."""

    pool = models.ForeignKey(StoragePool, on_delete=models.CASCADE, related_name="volumes")
    name = models.CharField(max_length=255)
    path = models.TextField()
    format = models.CharField(max_length=32, blank=True)
    capacity = models.BigIntegerField(default=0)
    allocation = models.BigIntegerField(default=0)
    backing_path = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["pool", "name"], name="volume_once_per_pool")]

    def __str__(self) -> str:
        return self.name
