"""Which processes make an installation, in the order in which they start."""

import os
import signal
import sys
from pathlib import Path

from kvmweb.supervisor.child import Child
from kvmweb.supervisor.libvirt_daemon import libvirt_child
from kvmweb.supervisor.redis import redis_child
from kvmweb.supervisor.web import Listen, web_child

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TASKS_PER_POOL_PROCESS = "200"
AS_ROOT = (  # Celery's warning when root starts it; who starts libvirt by hand is root
    "SecurityWarning: You're running the worker",
    "absolutely not recommended!",
    "Please specify a different user using",
    "User information: uid=",
    "_warn_or_raise_security_error",
)


def all_children(data: Path, listen: Listen, own_libvirt: bool) -> list[Child]:
    """Everything that has to run: what others need first, then what people see, then what works behind it.

    Raises NoRedis.
    """
    children = [] if os.environ.get("REDIS_URL") else [redis_child(data)]
    if own_libvirt:
        children.append(libvirt_child(data))
    return [*children, web_child(listen), _command("watch"), _worker(), _beat(), _command("gate")]


def _command(name: str) -> Child:
    return Child(name=name, argv=(sys.executable, str(CHECKOUT / "manage.py"), name))


def _worker() -> Child:
    argv = [
        *_celery("kvmweb", "worker"),
        "--queues",
        "jobs,sync",
        "--concurrency",
        os.environ.get("KVMWEB_WORKERS", "4"),
    ]
    argv += ["--max-tasks-per-child", TASKS_PER_POOL_PROCESS, "--loglevel", "WARNING"]
    argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # SIGTERM lets running jobs end; beyond the deadline the next worker adopts them from their rows.
    return Child(name="worker", argv=tuple(argv), stop_timeout_s=20, death_signal=signal.SIGKILL, quiet=AS_ROOT)


def _beat() -> Child:
    argv = [*_celery("kvmweb.beat", "beat"), "--pidfile", "", "--loglevel", "WARNING"]
    return Child(name="beat", argv=tuple(argv), env={"DJANGO_SETTINGS_MODULE": ""})


def _celery(app: str, command: str) -> list[str]:
    return [sys.executable, "-m", "celery", "--app", app, "--workdir", str(CHECKOUT), "--quiet", command]
