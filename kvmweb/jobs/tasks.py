"""The Celery side: one task runs any job, one tick keeps the queue honest."""

from celery import shared_task

from kvmweb.jobs import runner


@shared_task(name="kvmweb.jobs.tasks.run_job")
def run_job(pk: int) -> None:
    """Run the job of that key, if it is still queued."""
    runner.run_job(pk)


@shared_task(name="kvmweb.jobs.tasks.adopt_job")
def adopt_job(pk: int) -> None:
    """Adopt the job of that key, if its worker is dead."""
    runner.adopt(pk)


@shared_task(name="kvmweb.jobs.tasks.tick", queue="sync", expires=30)
def tick() -> None:
    """Send again what was lost, have adopted what a dead worker left. Idempotent: two ticks at once do no harm."""
    runner.send_unsent()
    runner.send_stale()
