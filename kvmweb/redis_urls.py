"""One Redis address, spelled for each library that reads it."""

import os
from pathlib import Path
from urllib.parse import urlsplit


def configured(data: Path) -> str:
    """The Redis address of this installation: `REDIS_URL`, else the private one in its data directory."""
    return os.environ.get("REDIS_URL") or f"unix://{data / 'redis' / 'redis.sock'}"


def for_client(url: str, db: int) -> str:
    """The address for redis-py (cache, Channels, own clients) with database number `db`."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={db}"
    return parts._replace(path=f"/{db}").geturl()


def for_celery(url: str, db: int) -> str:
    """The address for Celery's broker (kombu spells unix sockets its own way)."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host={db}"
    return parts._replace(path=f"/{db}").geturl()
