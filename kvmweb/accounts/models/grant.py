from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a grant allows; each includes the ones before it."""

    VIEWER = "viewer", _("Viewer")
    OPERATOR = "operator", _("Operator")
    ADMINISTRATOR = "administrator", _("Administrator")


class Grant(models.Model):
    """One role for one person or one group, on everything, on one host with its guests, or on one guest."""

    role = models.CharField(max_length=16, choices=Role)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="grants"
    )
    group = models.ForeignKey("auth.Group", null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    host = models.ForeignKey("hosts.Host", null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    vm = models.ForeignKey("vms.Vm", null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, group__isnull=True) | Q(user__isnull=True, group__isnull=False),
                name="grant_is_for_a_person_or_a_group",
            ),
            models.CheckConstraint(condition=Q(host__isnull=True) | Q(vm__isnull=True), name="grant_has_one_scope"),
            models.UniqueConstraint(
                fields=["user", "group", "host", "vm"], nulls_distinct=False, name="grant_once_per_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user or self.group} on {self.host or self.vm or _('everything')}"
