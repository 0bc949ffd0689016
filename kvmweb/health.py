"""Whether this installation is ready: database migrated, Redis answering."""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from kvmweb.middleware import public


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and `{"status": "ok"}` when pages can be served; 503 and what is missing otherwise."""
    missing = [name for name, works in (("database", _database()), ("redis", _redis())) if not works]
    if missing:
        return JsonResponse({"status": "waiting", "missing": missing}, status=503)
    return JsonResponse({"status": "ok"})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM hosts_host LIMIT 1")
    except DatabaseError:
        return False
    return True


def _redis() -> bool:
    try:
        with redis.Redis.from_url(settings.METRICS_REDIS_URL, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
