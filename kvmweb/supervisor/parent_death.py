"""A process that must not outlive the one that started it."""

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send this process `number` when its parent dies, however that happens. Linux: prctl(2)."""
    if _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl(PR_SET_PDEATHSIG): {os.strerror(code)}")


def child_of(parent: int, number: signal.Signals) -> Callable[[], None]:
    """What a freshly forked child runs before exec so that it ends with process `parent`."""

    def before_exec() -> None:
        die_with_parent(number)
        if os.getppid() != parent:  # the parent died between fork and prctl: no signal will ever come
            os._exit(1)

    return before_exec
