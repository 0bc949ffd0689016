from typing import ClassVar

from django.db import models


class Tag(models.Model):
    """A word people put on guests."""

    name = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
