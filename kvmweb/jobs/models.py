from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One action that reaches libvirt: who, what, on what, how far, how it ended. This row is the truth about it.

    `lock` names the object that the job changes (`vm:17`); only one active job may hold it.
    `token` is drawn by the worker that claimed the job; only its holder may write progress or the end.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    ACTIVE: ClassVar = (Status.QUEUED, Status.RUNNING)

    verb = models.CharField(max_length=64)
    title = models.CharField(max_length=400)
    status = models.CharField(max_length=16, choices=Status, default=Status.QUEUED, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="jobs")
    user_name = models.CharField(max_length=150, blank=True)
    address = models.GenericIPAddressField(null=True)
    host = models.ForeignKey("hosts.Host", null=True, on_delete=models.SET_NULL, related_name="jobs")
    vm = models.ForeignKey("vms.Vm", null=True, on_delete=models.SET_NULL, related_name="jobs")
    object_name = models.CharField(max_length=300, blank=True)
    lock = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="children")
    retry_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="retries")
    arguments = models.JSONField(default=dict)

    phase = models.CharField(max_length=200, blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    bytes_done = models.BigIntegerField(null=True)
    bytes_total = models.BigIntegerField(null=True)
    bytes_per_s = models.BigIntegerField(null=True)
    remaining_s = models.IntegerField(null=True)

    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    details = models.TextField(blank=True)

    token = models.CharField(max_length=36, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=150, blank=True)
    adopted = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lock"],
                condition=Q(status__in=["queued", "running"]) & ~Q(lock=""),
                name="one_active_job_per_object",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["vm", "-id"]),
            models.Index(fields=["host", "-id"]),
            models.Index(fields=["status", "heartbeat_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.status in self.ACTIVE

    @property
    def is_cancelling(self) -> bool:
        return self.is_active and self.cancel_requested_at is not None


class JobLine(models.Model):
    """One line of a job's log."""

    class Level(models.TextChoices):
        INFO = "info", _("Info")
        WARNING = "warning", _("Warning")
        ERROR = "error", _("Error")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField(auto_now_add=True)
    level = models.CharField(max_length=8, choices=Level, default=Level.INFO)
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text


class SeenFailure(models.Model):
    """That a person has seen that a job failed: the dock stops showing it to them."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="seen_by")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "user"], name="failure_seen_once")]

    def __str__(self) -> str:
        return f"{self.user} saw job {self.job_id}"
