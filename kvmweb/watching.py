"""Which topics are on somebody's screen: sockets say so, the watcher sends numbers for those alone."""

import time
from collections.abc import Iterable

import redis
import redis.asyncio
from django.conf import settings

KEY = "watching"
LIFE_S = 90.0


async def remember(topics: Iterable[str]) -> None:
    """Note that these topics are being looked at, for the next 90 seconds; sockets say it again before that."""
    numbered = {topic: time.time() + LIFE_S for topic in topics if topic.startswith(("vm.", "host."))}
    if not numbered:
        return
    async with redis.asyncio.from_url(settings.METRICS_REDIS_URL) as client:
        await client.zadd(KEY, numbered)


def watched(client: "redis.Redis") -> set[str]:
    """The topics on somebody's screen now; forgets those nobody has mentioned for 90 seconds."""
    now = time.time()
    client.zremrangebyscore(KEY, "-inf", now)
    return {member.decode() for member in client.zrangebyscore(KEY, now, "+inf")}  # type: ignore[union-attr]
