"""Append to the audit log."""

from typing import Any

from django.http import HttpRequest

from kvmweb.accounts.models import AuditEvent, User


def record(
    action: str,
    *,
    user: User | None,
    address: str | None = None,
    target: Any = None,
    result: str = "ok",
    name: str = "",
    **detail: Any,
) -> AuditEvent:
    """Append one line: `user` at `address` did `action` (`vms.start`) on `target` (a model row) with `result`.

    `detail` holds JSON values and must hold no secret; the caller picks what goes in.
    """
    return AuditEvent.objects.create(
        action=action,
        user=user if user is not None and user.pk else None,
        user_name=user.username if user is not None else "",
        address=address,
        object_kind=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        object_name=(name or str(target or ""))[:300],
        result=result,
        detail=detail,
    )


def record_request(request: HttpRequest, action: str, **kwargs: Any) -> AuditEvent:
    """As `record`, with the person and the address taken from the request."""
    user = request.user if request.user.is_authenticated else None
    return record(action, user=user, address=client_address(request), **kwargs)


def client_address(request: HttpRequest) -> str | None:
    """The address the request came from, seen through the configured number of trusted proxies."""
    from django.conf import settings

    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.TRUSTED_PROXIES
    if count and len(forwarded) >= count:
        return forwarded[-count]
    return request.META.get("REMOTE_ADDR") or None
