"""The policy's front door for views: rights of the request's person, read once per request."""

from django.http import HttpRequest

from kvmweb.accounts.policy import Permission, Rights, rights
from kvmweb.errors import Forbidden, gettext_noop

__all__ = ["Permission", "Rights", "require_everything", "rights_of"]


def rights_of(request: HttpRequest) -> Rights:
    """The rights of the person behind the request, kept on the request."""
    held: Rights | None = getattr(request, "_kvmweb_rights", None)
    if held is None:
        held = rights(request.user)
        request._kvmweb_rights = held  # type: ignore[attr-defined]
    return held


def require_everything(request: HttpRequest, permission: Permission) -> None:
    """Raise Forbidden unless the person has this permission on everything."""
    if not rights_of(request).on_everything(permission):
        raise Forbidden(
            gettext_noop("You may not do this."), hint=gettext_noop("Ask an administrator for the right.")
        )
