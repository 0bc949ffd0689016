"""The clock: one Celery beat that sends the tick. It needs neither Django nor the database, and so stays small.

Run as `celery --app kvmweb.beat beat`; workers run `kvmweb.celery`.
"""

import os
from datetime import timedelta

from celery import Celery

from kvmweb import paths, redis_urls

app = Celery("kvmweb.beat", fixups=[])
app.conf.update(
    broker_url=redis_urls.for_celery(redis_urls.configured(paths.data_dir()), db=1),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_ignore_result=True,
    worker_hijack_root_logger=False,
    beat_schedule_filename=os.fspath(paths.private_dir("run") / "beat-schedule"),
    beat_schedule={
        "tick": {
            "task": "kvmweb.jobs.tasks.tick",  # claims what is due; all other schedules are rows
            "schedule": timedelta(seconds=10),
            "options": {"queue": "sync", "expires": 60},
        },
    },
)
