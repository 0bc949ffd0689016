"""Starts all children in order, keeps them, and stops them in reverse order."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from kvmweb.supervisor.child import Child
from kvmweb.supervisor.keeper import Keeper
from kvmweb.supervisor.output import Output

STATE_EVERY_S = 0.5
READY_WITHIN_S = 30.0
PROBE_EVERY_S = 0.25


class Supervisor:
    """Keeps `children` alive until SIGTERM, SIGINT or SIGHUP; a second signal ends everything at once."""

    def __init__(self, children: list[Child], state_file: Path, output: Output | None = None) -> None:
        self.output = output or Output()
        self.state_file = state_file
        env = dict(os.environ)
        env["PYTHONUNBUFFERED"] = "1"
        self.keepers = [Keeper(child, self.output, env) for child in children]
        self.address = ""
        self._tasks: list[asyncio.Task[None]] = []
        self._stop = asyncio.Event()
        self._signals = 0

    async def run(self, answers: Callable[[], Awaitable[bool]], address: str) -> None:
        """Start everything, say `address` once `answers()`, return when everything has stopped."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._on_signal)
        self.address = address
        background = [asyncio.create_task(self._write_state_often())]
        try:
            await self._start_in_order()
            background.append(asyncio.create_task(self._announce(answers)))
            await self._stop.wait()
        finally:
            for task in background:
                task.cancel()
            await self._stop_in_reverse()
            self.state_file.unlink(missing_ok=True)

    async def _start_in_order(self) -> None:
        for keeper in self.keepers:
            if self._stop.is_set():
                return
            self._tasks.append(asyncio.create_task(keeper.run()))
            if keeper.child.ready is not None:
                await self._wait_ready(keeper)

    async def _wait_ready(self, keeper: Keeper) -> None:
        """Give a child that others need (Redis, the libvirt daemon) the time to answer, but not for ever."""
        waiting = [asyncio.create_task(keeper.ready.wait()), asyncio.create_task(self._stop.wait())]
        done, pending = await asyncio.wait(waiting, timeout=READY_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        if not done:
            self.output.say(f"{keeper.child.name} does not answer yet; going on, and trying it again")

    async def _announce(self, answers: Callable[[], Awaitable[bool]]) -> None:
        while not await answers():
            await asyncio.sleep(PROBE_EVERY_S)
        self._write_state(ready=True)
        self.output.say(f"ready: {self.address}")

    def _on_signal(self) -> None:
        self._signals += 1
        if self._signals == 1:
            self.output.say("stopping; once more to end everything at once")
            self._stop.set()
            return
        for keeper in self.keepers:
            keeper.kill()

    async def _stop_in_reverse(self) -> None:
        for keeper in reversed(self.keepers):
            await keeper.stop()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _write_state_often(self) -> None:
        while True:
            self._write_state()
            await asyncio.sleep(STATE_EVERY_S)

    def _write_state(self, ready: bool = False) -> None:
        """Keep `run/up.json` true: who runs under which process id, at which address; for scripts and benches."""
        before = json.loads(self.state_file.read_text()) if self.state_file.exists() else {}
        state = {
            "pid": os.getpid(),
            "address": self.address,
            "ready": ready or (before.get("pid") == os.getpid() and before.get("ready", False)),
            "children": {keeper.child.name: keeper.pid for keeper in self.keepers},
            "starts": {keeper.child.name: keeper.starts for keeper in self.keepers},
        }
        if state != before:
            draft = self.state_file.with_suffix(".new")
            draft.write_text(json.dumps(state))
            draft.replace(self.state_file)
