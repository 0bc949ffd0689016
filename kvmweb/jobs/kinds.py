"""What jobs there are: each verb names its function, its title and what to do after a crash."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

JobFunction = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    """`verb` is `app.function` (`vms.start`); `title` a translatable template filled with the job's arguments.

    `adopt` is called with the same arguments when the worker died in the middle: it asks libvirt what really
    happened and returns the result, continues, or raises. Without it the job fails as interrupted.
    """

    verb: str
    function: JobFunction
    title: str
    queue: str
    cancellable: bool
    retryable: bool
    adopt: JobFunction | None


_kinds: dict[str, JobKind] = {}


def job_task(
    verb: str,
    title: str,
    *,
    queue: str = "jobs",
    cancellable: bool = False,
    retryable: bool = True,
    adopt: JobFunction | None = None,
) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the job of that verb: `def start(run: JobRun, vm_id: int) -> dict | None`."""

    def register(function: JobFunction) -> JobFunction:
        if verb in _kinds:
            raise ValueError(f"Two functions want to be the job {verb!r}.")
        _kinds[verb] = JobKind(verb, function, title, queue, cancellable, retryable, adopt)
        return function

    return register


def kind_of(verb: str) -> JobKind:
    """The kind of that verb. Raises KeyError for a verb nobody registered."""
    return _kinds[verb]


def is_known(verb: str) -> bool:
    return verb in _kinds
