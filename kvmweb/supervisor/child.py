"""What one supervised process is."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Child:
    """One process to keep alive. `ready` answers at once whether it works yet; without it, started is ready."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_timeout_s: float = 10.0
    death_signal: signal.Signals = signal.SIGTERM  # sent by the kernel when the supervisor itself is killed
    kills_group: bool = True  # leftovers of its process group are ended when it dies; false for what must outlive it
    quiet: tuple[str, ...] = ()  # output lines that hold one of these are harmless and not shown
