"""Deny by default, errors as sentences, one log line a request that failed."""

import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from kvmweb.errors import KvmwebError

log = structlog.get_logger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


def public(view: Any) -> Any:
    """Mark a view that may be seen without signing in."""
    view.kvmweb_public = True
    return view


class RequestLogMiddleware:
    """Bind a request number and the person to every log line written meanwhile."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex[:8]
        request.kvmweb_reference = number  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request=number, user=request.user.pk)
        try:
            return self.get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request", "user")


class DenyByDefaultMiddleware:
    """A page is for people who have signed in, unless its view says `@public`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if request.user.is_authenticated or is_public(view):
            return None
        if wants_fragment(request):
            return HttpResponse(gettext("Sign in again to go on."), status=401)
        return redirect_to_login(request.get_full_path())


def is_public(view: Any) -> bool:
    """Whether a view may be seen without signing in: ours by `@public`, allauth's own sign-in pages."""
    return getattr(view, "kvmweb_public", False) or view.__module__ == "allauth.account.views"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a piece of a page."""
    return "HX-Request" in request.headers or "application/json" in request.headers.get("Accept", "")


class ErrorSentenceMiddleware:
    """Turn a KvmwebError into a page, a fragment or JSON with its sentence and its way out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, KvmwebError):
            return None
        log.info("request.refused", code=error.code, status=error.status, path=request.path)
        told = {
            "sentence": error.translated(gettext),
            "hint": error.translated_hint(gettext),
            "code": error.code,
            "details": error.details,
            "status": error.status,
        }
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"error": told}, status=error.status)
        template = "_error.html" if "HX-Request" in request.headers else "error.html"
        return render(request, template, {"error": told}, status=error.status)
