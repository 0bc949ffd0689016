"""Which jobs a person may see and cancel."""

from django.db.models import Q, QuerySet

from kvmweb.accounts.policy import Permission, Rights
from kvmweb.errors import NotFound, gettext_noop
from kvmweb.jobs.models import Job


def visible_jobs(rights: Rights) -> QuerySet[Job]:
    """The jobs a person may see: their own, and those on guests and hosts they may see."""
    jobs = Job.objects.all()
    if rights.user_id is None:
        return jobs.none()
    if rights.on_everything(Permission.VIEW):
        return jobs
    on_guest = Q(vm__isnull=False) & rights.guest_filter(Permission.VIEW, "vm__")
    on_host = Q(vm__isnull=True, host__isnull=False) & rights.host_filter(Permission.VIEW, "host__")
    return jobs.filter(Q(user_id=rights.user_id) | on_guest | on_host)


def may_see_job(rights: Rights, job: Job) -> bool:
    return visible_jobs(rights).filter(pk=job.pk).exists()


def may_change_job(rights: Rights, job: Job) -> bool:
    """Whether a person may cancel or retry the job: whoever may operate its guest or configure its host."""
    if job.vm is not None:
        return rights.on_guest(job.vm, Permission.OPERATE)
    if job.host_id is not None and rights.on_host(job.host_id, Permission.CONFIGURE):
        return True
    return rights.on_everything(Permission.CONFIGURE) or (
        job.user_id == rights.user_id and rights.user_id is not None
    )


def get_job(rights: Rights, pk: int) -> Job:
    """The job of that key, if the person may see it; else NotFound."""
    job = visible_jobs(rights).select_related("vm", "host", "user").filter(pk=pk).first()
    if job is None:
        raise NotFound(gettext_noop("There is no such job."), code="job.unknown")
    return job
