"""What a click does to a job: submit, cancel, retry. Rows only; workers do the rest."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from kvmweb.accounts import audit
from kvmweb.accounts.models import User
from kvmweb.errors import Busy, Conflict, gettext_noop
from kvmweb.jobs.kinds import kind_of
from kvmweb.jobs.models import Job, SeenFailure
from kvmweb.jobs.queue import publish_job, send


def submit(  # noqa: PLR0913 - a job's columns, all by keyword
    verb: str,
    *,
    user: User | None,
    address: str | None = None,
    host: Any = None,
    vm: Any = None,
    name: str = "",
    lock: str = "",
    parent: Job | None = None,
    retry_of: Job | None = None,
    arguments: dict[str, Any] | None = None,
) -> Job:
    """Write a queued job and send it to a worker after commit. Raises Busy when another job holds the same lock.

    `host` gives the lane (default: the guest's host); `lock` defaults to the guest (`vm:17`).
    `arguments` are the function's keyword arguments and must be JSON; no secret goes in.
    """
    kind = kind_of(verb)
    host = host if host is not None else getattr(vm, "host", None)
    object_name = name or (vm.name if vm is not None else getattr(host, "name", ""))
    job = Job(
        verb=verb,
        title=gettext(kind.title).format(name=object_name),
        user=user,
        user_name=user.username if user is not None else "",
        address=address,
        host=host,
        vm=vm,
        object_name=object_name,
        lock=lock or (f"vm:{vm.pk}" if vm is not None else ""),
        parent=parent,
        retry_of=retry_of,
        arguments=arguments or {},
    )
    with transaction.atomic():
        _save_alone(job)
        audit.record(
            verb, user=user, address=address, target=vm or host, name=object_name, result="asked", job=job.pk
        )
        send_after_commit(job)
        publish_job(job)
    return job


def _save_alone(job: Job) -> None:
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError as error:
        other = Job.objects.filter(lock=job.lock, status__in=Job.ACTIVE).first()
        raise Busy(
            gettext_noop("{name} is busy: “{job}”, asked by {user}, is not finished."),
            hint=gettext_noop("Wait until it ends, or cancel it in the job list."),
            code="job.busy",
            name=job.object_name,
            job=other.title if other else "?",
            user=(other.user_name if other else "") or gettext("KVMWeb"),
        ) from error


def send_after_commit(job: Job) -> None:
    """Hand the job's key to the broker once the row is committed; if the broker is down the tick sends it later."""
    queue = kind_of(job.verb).queue
    transaction.on_commit(lambda: send(job.pk, queue))


def cancel(job: Job, *, user: User, address: str | None = None) -> None:
    """Ask for the end of a job. A queued one ends now; a running one when its worker has undone what it began."""
    if not job.is_active:
        raise Conflict(gettext_noop("“{job}” has already ended."), code="job.ended", job=job.title)
    now = timezone.now()
    with transaction.atomic():
        ended = Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED).update(
            status=Job.Status.CANCELLED, finished_at=now, cancel_requested_at=now, cancelled_by=user.username
        )
        if not ended:
            if not kind_of(job.verb).cancellable:
                raise Conflict(
                    gettext_noop("“{job}” has begun and cannot be cancelled."),
                    hint=gettext_noop("It ends by itself in a moment."),
                    code="job.not_cancellable",
                    job=job.title,
                )
            Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, cancel_requested_at=None).update(
                cancel_requested_at=now, cancelled_by=user.username
            )
        audit.record("jobs.cancel", user=user, address=address, target=job.vm or job.host, name=job.title, job=job.pk)
        publish_job(job)


def retry(job: Job, *, user: User, address: str | None = None) -> Job:
    """Submit the same verb with the same arguments again, as a new job of this person."""
    if job.is_active or not kind_of(job.verb).retryable:
        raise Conflict(gettext_noop("“{job}” cannot be run again."), code="job.not_retryable", job=job.title)
    return submit(
        job.verb,
        user=user,
        address=address,
        host=job.host,
        vm=job.vm,
        name=job.object_name,
        lock=job.lock,
        retry_of=job,
        arguments=job.arguments,
    )


def see(job: Job, *, user: User) -> None:
    """Remember that this person has seen the failure."""
    SeenFailure.objects.get_or_create(job=job, user=user)
