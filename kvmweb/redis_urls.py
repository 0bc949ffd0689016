"""One Redis address, spelled for each library that reads it."""

from urllib.parse import urlsplit


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
