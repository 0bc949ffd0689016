"""The life of a job in a worker: claim, run, end; adopt what a dead worker left; send what was lost.

The row is the truth. A claim is one conditional UPDATE, so a message delivered twice does nothing the second time.
"""

import socket
import uuid
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from kvmweb import events
from kvmweb.accounts import audit
from kvmweb.errors import KvmwebError
from kvmweb.jobs.kinds import JobFunction, is_known, kind_of
from kvmweb.jobs.models import Job, JobLine
from kvmweb.jobs.queue import publish_job, send, send_adoption
from kvmweb.jobs.run import INTERRUPTED, JobCancelled, JobRun

log = structlog.get_logger(__name__)

STALE = timedelta(seconds=15)  # five heartbeats and a slow database
UNSENT = timedelta(seconds=15)
MAX_ADOPTIONS = 3


def run_job(pk: int) -> None:
    """Claim and run the queued job of that key. Does nothing when it is not queued or its host's lane is full."""
    job = claim(pk)
    if job is None:
        return
    kind = kind_of(job.verb)
    _execute(job, kind.function)
    send_next(job.host_id)


def claim(pk: int) -> Job | None:
    """Take a queued job for this worker: at most JOBS_PER_HOST jobs of one host run at once, the others wait."""
    now = timezone.now()
    token = str(uuid.uuid4())
    with transaction.atomic():
        job = Job.objects.filter(pk=pk, status=Job.Status.QUEUED).first()
        if job is None or not _lane_is_free(job):
            return None
        claimed = Job.objects.filter(pk=pk, status=Job.Status.QUEUED).update(
            status=Job.Status.RUNNING,
            token=token,
            worker=socket.gethostname(),
            started_at=now,
            heartbeat_at=now,
        )
        if not claimed:
            return None
        job.refresh_from_db()
        publish_job(job)
    return job


def _lane_is_free(job: Job) -> bool:
    if job.host_id is None:
        return True
    running = Job.objects.filter(host_id=job.host_id, status=Job.Status.RUNNING).count()
    return running < settings.JOBS_PER_HOST


def _execute(job: Job, function: JobFunction) -> None:
    ending: dict[str, Any]
    structlog.contextvars.bind_contextvars(job=job.pk, verb=job.verb)
    try:
        with JobRun(job) as run:
            result = function(run, **job.arguments)
        ending = {"status": Job.Status.DONE, "result": result or {}, "percent": 100}
    except JobCancelled:
        ending = {"status": Job.Status.CANCELLED}
    except KvmwebError as error:
        ending = _failure(error)
    except Exception:  # noqa: BLE001 - whatever a job raises, its row must end; people get a number, the log the rest
        ending = _unexpected(job)
    finish(job, ending)
    structlog.contextvars.unbind_contextvars("job", "verb")


def _failure(error: KvmwebError) -> dict[str, Any]:
    log.info("job.failed", code=error.code, error=str(error), details=error.details)
    return {
        "status": Job.Status.FAILED,
        "error": error.translated(gettext),
        "hint": error.translated_hint(gettext),
        "error_code": error.code,
        "details": error.details,
    }


def _unexpected(job: Job) -> dict[str, Any]:
    reference = uuid.uuid4().hex[:8]
    log.exception("job.crashed", reference=reference)
    return {
        "status": Job.Status.FAILED,
        "error": gettext("“{job}” failed in a way nobody foresaw.").format(job=job.title),
        "hint": gettext("Give your administrator the number {reference}; the log has the rest.").format(
            reference=reference
        ),
        "error_code": "job.crashed",
    }


def finish(job: Job, ending: dict[str, Any]) -> bool:
    """Write the end, if this worker still holds the job. False when another has taken it over."""
    with transaction.atomic():
        ended = Job.objects.filter(pk=job.pk, token=job.token, status=Job.Status.RUNNING).update(
            finished_at=timezone.now(), remaining_s=None, **ending
        )
        if ended:
            if ending.get("error"):
                JobLine.objects.create(job=job, level=JobLine.Level.ERROR, text=ending["error"])
            audit.record(
                job.verb,
                user=job.user,
                address=job.address,
                target=job.vm or job.host,
                name=job.object_name,
                result=ending["status"],
                job=job.pk,
            )
            publish_job(job)
            if job.parent_id:
                events.publish(f"job.{job.parent_id}")
    return bool(ended)


def send_next(host_id: int | None) -> None:
    """Send the oldest job that waits for this host's lane."""
    if host_id is None:
        return
    waiting = Job.objects.filter(status=Job.Status.QUEUED, host_id=host_id).order_by("id").first()
    if waiting is not None:
        send(waiting.pk, kind_of(waiting.verb).queue)


def send_unsent() -> int:
    """Send again what is queued but was not claimed for a while: the broker lost it, or its lane was full."""
    now = timezone.now()
    lost = Job.objects.filter(status=Job.Status.QUEUED).exclude(sent_at__gt=now - UNSENT).order_by("id")
    count = 0
    for job in lost[:200]:
        if is_known(job.verb):
            send(job.pk, kind_of(job.verb).queue)
            count += 1
    return count


def send_stale() -> int:
    """Send the running jobs whose worker has stopped beating to another worker, which adopts them."""
    stale = Job.objects.filter(status=Job.Status.RUNNING, heartbeat_at__lt=timezone.now() - STALE)
    for pk in (found := list(stale.values_list("pk", flat=True))):
        send_adoption(pk)
    return len(found)


def adopt(pk: int) -> None:
    """Take over a job whose worker is dead: ask libvirt what happened, then end it truly. Raises nothing."""
    now = timezone.now()
    token = str(uuid.uuid4())
    job = Job.objects.filter(pk=pk, status=Job.Status.RUNNING, heartbeat_at__lt=now - STALE).first()
    if job is None:
        return
    taken = Job.objects.filter(pk=pk, token=job.token, status=Job.Status.RUNNING).update(
        token=token, heartbeat_at=now, adopted=job.adopted + 1, worker=socket.gethostname()
    )
    if not taken:
        return
    job.refresh_from_db()
    JobLine.objects.create(job=job, level=JobLine.Level.WARNING, text=gettext(INTERRUPTED))
    kind = kind_of(job.verb) if is_known(job.verb) else None
    _execute(job, kind.adopt if kind and kind.adopt and job.adopted <= MAX_ADOPTIONS else _interrupted)
    send_next(job.host_id)


def _interrupted(run: JobRun, **_arguments: Any) -> None:
    raise KvmwebError(
        INTERRUPTED,
        hint=gettext("Look at what “{name}” is doing now, then try again.").format(name=run.job.object_name),
        code="job.interrupted",
    )
