"""The Celery application: broker and queues come from the Django settings."""

import gc
import os

from celery import Celery
from celery.signals import setup_logging, worker_before_create_process, worker_process_init

from kvmweb.supervisor.parent_death import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kvmweb.settings")

app = Celery("kvmweb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_kwargs: object) -> None:
    """Celery must not replace the logging that Django's settings configured."""


@worker_before_create_process.connect
def share_memory(**_kwargs: object) -> None:
    """What is loaded before the fork stays shared: the collector of a pool process must not write to every object."""
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def end_with_worker(**_kwargs: object) -> None:
    """A pool process whose worker was killed ends too; the job it ran is adopted from its row by the next worker."""
    die_with_parent()
