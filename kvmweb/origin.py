"""Refuse sockets that another site opened: the Origin must be there and must be ours."""

from typing import Any
from urllib.parse import urlsplit

import structlog
from channels.security.websocket import WebsocketDenier
from django.conf import settings

log = structlog.get_logger(__name__)


class SameOriginOnly:
    """ASGI wrapper for WebSockets. Without an Origin, or with a foreign one, the answer is 403 and a log line."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = {name.lower(): value for name, value in scope["headers"]}
        origin = headers.get(b"origin", b"").decode("latin1")
        host = headers.get(b"host", b"").decode("latin1")
        if is_own_origin(origin, host):
            return await self.application(scope, receive, send)
        log.warning("socket.origin_refused", origin=origin, host=host, path=scope.get("path"))
        return await WebsocketDenier()(scope, receive, send)


def is_own_origin(origin: str, host: str) -> bool:
    """Whether `Origin: https://host:port` names the host that was asked, or a configured trusted origin."""
    if not origin or not host:
        return False
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return False
    return parts.netloc.lower() == host.lower() or origin in settings.CSRF_TRUSTED_ORIGINS
