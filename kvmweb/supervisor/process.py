"""One running program and its lines.

Not asyncio's own subprocess: its `wait()` returns only after every holder of the output pipe is gone, so the orphans
of a killed worker would hide that it died.
"""

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable, Mapping

from kvmweb.supervisor.parent_death import child_of

CHUNK = 64 * 1024
LONGEST_LINE = 64 * 1024


class Process:
    """A started program; its output goes, line by line, to `show`. Raises OSError when it cannot be started."""

    def __init__(
        self, argv: tuple[str, ...], env: Mapping[str, str], death_signal: signal.Signals, show: Callable[[str], None]
    ) -> None:
        self._show = show
        self._rest = b""
        self._output, output = os.pipe()
        os.set_blocking(self._output, False)
        try:
            self._popen = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=env,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops children in order
                preexec_fn=child_of(os.getpid(), death_signal),
            )
        except OSError:
            os.close(self._output)
            raise
        finally:
            os.close(output)
        self.pid = self._popen.pid
        asyncio.get_running_loop().add_reader(self._output, self._read)

    @property
    def running(self) -> bool:
        """Whether it has not been found dead yet."""
        return self._popen.returncode is None

    async def wait(self) -> int:
        """Wait for its end: its exit status, negative for the signal that ended it."""
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        handle = os.pidfd_open(self.pid)
        loop.add_reader(handle, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(handle)
            os.close(handle)
        return self._popen.wait()

    def close(self) -> None:
        """Show what it said last and let go of its pipe."""
        self._read()
        asyncio.get_running_loop().remove_reader(self._output)
        os.close(self._output)
        if self._rest:
            self._show(self._rest.decode(errors="replace"))

    def _read(self) -> None:
        try:
            new = os.read(self._output, CHUNK)
        except BlockingIOError:
            return
        if not new:
            asyncio.get_running_loop().remove_reader(self._output)
            return
        *lines, self._rest = (self._rest + new).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            self._show(line.decode(errors="replace").rstrip())
