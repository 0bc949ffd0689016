"""A running job as its function sees it: report progress, write log lines, hear of a cancel."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone

from kvmweb import events
from kvmweb.errors import KvmwebError, gettext_noop
from kvmweb.jobs.models import Job, JobLine

HEARTBEAT_S = 2.0
REPORT_S = 0.5


class JobCancelled(Exception):
    """Raised inside a job's function once somebody asked for its end; undo unwinds through it."""


class ClaimLost(KvmwebError):
    """Another worker holds this job now; this one must stop writing."""


class JobRun:
    """Handle of one claimed job. Numbers are kept here and written by the heartbeat thread at most twice a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.cancel_requested = threading.Event()
        self._on_cancel: list[Callable[[], None]] = []
        self._numbers: dict[str, Any] = {}
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job.pk}", daemon=True)

    def __enter__(self) -> "JobRun":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=HEARTBEAT_S * 2)
        self._write()

    def report(self, **numbers: Any) -> None:
        """Set progress: `phase` (words), `percent`, `bytes_done`, `bytes_total`, `bytes_per_s`, `remaining_s`."""
        with self._guard:
            self._numbers.update(numbers)

    def log(self, text: str, level: str = JobLine.Level.INFO) -> None:
        """Append a line to the job's story."""
        JobLine.objects.create(job=self.job, text=text, level=level)
        events.publish(f"job.{self.job.pk}")

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call this (from the heartbeat thread) when a cancel is asked for: `abortJob`, `blockJobAbort`."""
        self._on_cancel.append(callback)
        if self.cancel_requested.is_set():
            callback()

    def check_cancelled(self) -> None:
        """Raise JobCancelled if somebody asked for the end. Call between steps that can be undone."""
        if self.cancel_requested.is_set():
            raise JobCancelled

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until a cancel is asked for; then raise JobCancelled."""
        if self.cancel_requested.wait(seconds):
            raise JobCancelled

    def _beat(self) -> None:
        last_beat = 0.0
        try:
            while not self._stop.wait(REPORT_S):
                due = time.monotonic() - last_beat >= HEARTBEAT_S
                if due or self._numbers:
                    self._write()
                    last_beat = time.monotonic()
        finally:
            connection.close()

    def _write(self) -> None:
        close_old_connections()
        with self._guard:
            numbers, self._numbers = self._numbers, {}
        mine = Job.objects.filter(pk=self.job.pk, token=self.job.token, status=Job.Status.RUNNING)
        mine.update(heartbeat_at=timezone.now(), **numbers)
        if numbers:
            events.send_numbers({f"job.{self.job.pk}": numbers})
        if not self.cancel_requested.is_set() and mine.filter(cancel_requested_at__isnull=False).exists():
            self.cancel_requested.set()
            for callback in self._on_cancel:
                callback()


INTERRUPTED = gettext_noop("The worker stopped in the middle of this job.")
