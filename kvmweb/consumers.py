"""The one event socket of a page: it subscribes to topics, hears hints and numbers."""

import asyncio
from typing import Any

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from kvmweb import events, topics, watching
from kvmweb.accounts.models import User
from kvmweb.accounts.policy import rights

log = structlog.get_logger(__name__)

MAX_TOPICS = 2000
QUIET_S = 0.1  # hints within this time of the last message are sent together


class EventConsumer(AsyncJsonWebsocketConsumer):
    """Client: `{"subscribe": [topics]}` replaces the set. Server: `{"changed": […]}`, `{"numbers": {topic: {…}}}`."""

    groups = [events.HINTS, events.NUMBERS]

    async def connect(self) -> None:
        self.subscribed: set[str] = set()
        self.waiting: set[str] = set()
        self.flusher: asyncio.Task[None] | None = None
        if not self.scope["user"].is_authenticated:
            await self.close(code=4401)
            return
        await self.accept()
        await self.send_json({"hello": True})

    async def disconnect(self, code: int) -> None:
        if self.flusher is not None:
            self.flusher.cancel()

    async def receive_json(self, content: Any, **_kwargs: Any) -> None:
        wanted = content.get("subscribe") if isinstance(content, dict) else None
        if not isinstance(wanted, list) or len(wanted) > MAX_TOPICS or not all(isinstance(t, str) for t in wanted):
            await self.send_json({"error": 'Send {"subscribe": [topics]} with at most 2000 topics.'})
            return
        allowed = await self._permitted(wanted)
        refused = sorted(set(wanted) - allowed)
        if refused:
            log.warning("socket.topics_refused", user=self.scope["user"].pk, topics=refused[:20])
        self.subscribed = allowed
        await watching.remember(allowed)
        await self.send_json({"subscribed": len(allowed), "refused": refused[:20]})

    @database_sync_to_async
    def _permitted(self, wanted: list[str]) -> set[str]:
        person = User.objects.filter(pk=self.scope["user"].pk, is_active=True).first()
        return topics.permitted(rights(person), wanted) if person is not None else set()

    async def hint(self, message: dict[str, Any]) -> None:
        """Channel layer: topics changed. The first hint goes out at once, a burst is sent together."""
        if "rights" in message["topics"]:
            self.subscribed = await self._permitted(list(self.subscribed))
        self.waiting |= self.subscribed.intersection(message["topics"])
        if self.waiting and self.flusher is None:
            self.flusher = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self.waiting:
                changed, self.waiting = sorted(self.waiting), set()
                await self.send_json({"changed": changed})
                await asyncio.sleep(QUIET_S)
        finally:
            self.flusher = None

    async def numbers(self, message: dict[str, Any]) -> None:
        """Channel layer: load and progress of objects, as numbers."""
        mine = {topic: values for topic, values in message["numbers"].items() if topic in self.subscribed}
        if mine:
            await self.send_json({"numbers": mine})
