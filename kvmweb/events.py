"""Tell browsers that something changed. Hints only, after commit; the page re-fetches what it shows.

Topics: `vm.17`, `vms`, `host.3`, `hosts`, `pool.5`, `network.7`, `job.9`, `jobs`, `rights`.
"""

import threading
from collections.abc import Iterable
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = structlog.get_logger(__name__)

HINTS = "hints"
NUMBERS = "numbers"
TOPICS_PER_MESSAGE = 500

_pending = threading.local()


def publish(*topics: str) -> None:
    """Hint, after the current transaction commits, that these topics changed; one message a commit."""
    waiting: set[str] | None = getattr(_pending, "topics", None)
    if waiting is not None and transaction.get_connection().in_atomic_block:
        waiting.update(topics)
        return
    _pending.topics = set(topics)
    transaction.on_commit(_flush)


def _flush() -> None:
    topics: set[str] = getattr(_pending, "topics", None) or set()
    _pending.topics = None
    send_hints(topics)


def send_hints(topics: Iterable[str]) -> None:
    """Send the hints at once, whatever transaction is open."""
    ordered = sorted(topics)
    for start in range(0, len(ordered), TOPICS_PER_MESSAGE):
        _send(HINTS, {"type": "hint", "topics": ordered[start : start + TOPICS_PER_MESSAGE]})


def send_numbers(numbers: dict[str, dict[str, Any]]) -> None:
    """Send numbers per topic (`{"vm.17": {"cpu": 12.5}}`, `{"job.9": {"percent": 63}}`) to whoever shows them."""
    if numbers:
        _send(NUMBERS, {"type": "numbers", "numbers": numbers})


def _send(group: str, message: dict[str, Any]) -> None:
    # A lost hint is mended by the next one and by the refresh after a reconnect; a job must not fail over it.
    try:
        async_to_sync(get_channel_layer().group_send)(group, message)
    except (OSError, ConnectionError) as error:
        log.warning("push.unavailable", group=group, error=str(error))
