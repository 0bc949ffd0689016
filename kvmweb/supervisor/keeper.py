"""Keeps one child alive: starts it, shows its lines, restarts it with back-off, stops it within a deadline."""

import asyncio
import contextlib
import os
import signal
import time

from kvmweb.supervisor.child import Child
from kvmweb.supervisor.output import Output
from kvmweb.supervisor.process import Process

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 15.0
HEALTHY_AFTER_S = 10.0  # a child that lived this long starts again at once
PROBE_EVERY_S = 0.05


class Keeper:
    """One child and its life. `run()` returns after `stop()` alone."""

    def __init__(self, child: Child, output: Output, env: dict[str, str]) -> None:
        self.child = child
        self.output = output
        self.env = {**env, **child.env}
        self.process: Process | None = None
        self.starts = 0
        self.ready = asyncio.Event()
        self._stopping = asyncio.Event()
        self._gone = asyncio.Event()
        self._gone.set()

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self.process.pid if self.process is not None and self.process.running else None

    async def run(self) -> None:
        """Keep the child running until `stop()`."""
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._one_life()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE_S if time.monotonic() - began > HEALTHY_AFTER_S else min(pause * 2, LONGEST_PAUSE_S)
            self.output.say(f"{self.child.name} ended ({describe(code)}); starting it again in {pause:.1f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)

    async def _one_life(self) -> int:
        try:
            self.process = Process(self.child.argv, self.env, self.child.death_signal, self._show)
        except OSError as error:
            self.output.say(f"{self.child.name} cannot be started: {error}")
            return 127
        self.starts += 1
        self._gone.clear()
        probe = asyncio.create_task(self._probe())
        code = await self.process.wait()
        probe.cancel()
        self.ready.clear()
        if self.child.kills_group:
            end_group(self.process.pid, signal.SIGKILL)  # e.g. pool processes of a worker that was killed
        self.process.close()
        self._gone.set()
        return code

    async def _probe(self) -> None:
        while self.child.ready is not None and not self.child.ready():
            await asyncio.sleep(PROBE_EVERY_S)
        self.ready.set()

    def _show(self, text: str) -> None:
        if text and not any(words in text for words in self.child.quiet):
            self.output.line(self.child.name, text)

    async def stop(self, timeout_s: float | None = None) -> None:
        """End the child: its stop signal first, SIGKILL for its whole group when the deadline has passed."""
        self._stopping.set()
        pid = self.pid
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, self.child.stop_signal)
        try:
            await asyncio.wait_for(self._gone.wait(), self.child.stop_timeout_s if timeout_s is None else timeout_s)
        except TimeoutError:
            self.output.say(f"{self.child.name} did not stop in time and is killed")
            self.kill()
            await self._gone.wait()

    def kill(self) -> None:
        """End the child now."""
        self._stopping.set()
        if self.pid is not None:
            if self.child.kills_group:
                end_group(self.pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def end_group(pid: int, number: signal.Signals) -> None:
    """Signal what is left of the process group that `pid` led."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def describe(code: int) -> str:
    """Say how a process ended: a signal by its name, else its exit status."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"status {code}"
