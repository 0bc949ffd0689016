"""Hand jobs to workers and tell browsers about them. The broker carries keys; the rows are the truth."""

import structlog
from django.utils import timezone
from kombu.exceptions import OperationalError

from kvmweb import events
from kvmweb.celery import app
from kvmweb.jobs.models import Job

log = structlog.get_logger(__name__)

RUN_TASK = "kvmweb.jobs.tasks.run_job"
ADOPT_TASK = "kvmweb.jobs.tasks.adopt_job"


def send(pk: int, queue: str) -> None:
    """Put a queued job's key on the broker, and note when; a broker that is down clears the note."""
    Job.objects.filter(pk=pk, status=Job.Status.QUEUED).update(sent_at=timezone.now())
    if not _to_broker(RUN_TASK, pk, queue):
        Job.objects.filter(pk=pk).update(sent_at=None)


def send_adoption(pk: int) -> None:
    """Ask a worker to adopt the job; asked again at the next tick if this message is lost."""
    _to_broker(ADOPT_TASK, pk, "jobs")


def _to_broker(task: str, pk: int, queue: str) -> bool:
    try:
        app.send_task(task, args=[pk], queue=queue, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker.unavailable", job=pk, error=str(error))
        return False
    return True


def publish_job(job: Job) -> None:
    """Hint at the job, the job list, and the object it works on."""
    topics = ["jobs", f"job.{job.pk}"]
    if job.vm_id:
        topics.append(f"vm.{job.vm_id}")
    if job.host_id and not job.vm_id:
        topics.append(f"host.{job.host_id}")
    events.publish(*topics)
