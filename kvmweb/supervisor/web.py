"""The web process: uvicorn on the one port that people see, and the question whether it answers."""

import asyncio
import contextlib
import os
import socket
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

from kvmweb.supervisor.child import Child

ANSWER_TIMEOUT_S = 5.0
GRACE_S = 5  # how long open requests and sockets may take to end


@dataclass(frozen=True)
class Listen:
    """Where people reach this installation."""

    bind: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def local_host(self) -> str:
        """An address of this machine that leads to it."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.bind, self.bind)  # noqa: S104

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        host = f"[{self.local_host}]" if ":" in self.local_host else self.local_host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}/"


def web_child(listen: Listen) -> Child:
    """The child that serves pages and sockets."""
    argv = [sys.executable, "-m", "uvicorn", "kvmweb.asgi:application"]
    argv += ["--host", listen.bind, "--port", str(listen.port), "--lifespan", "off", "--no-server-header"]
    argv += ["--timeout-graceful-shutdown", str(GRACE_S), "--no-access-log", "--log-level", "warning"]
    if listen.certificate and listen.key:
        argv += ["--ssl-certfile", str(listen.certificate), "--ssl-keyfile", str(listen.key)]
    proxied = os.environ.get("KVMWEB_TRUSTED_PROXIES", "0") not in {"", "0"}
    argv += ["--proxy-headers", "--forwarded-allow-ips", "*"] if proxied else ["--no-proxy-headers"]
    return Child(name="web", argv=tuple(argv), stop_timeout_s=GRACE_S + 3)


def port_taken(listen: Listen) -> str | None:
    """Why nothing can listen there now, or None."""
    family = socket.AF_INET6 if ":" in listen.bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen.bind, listen.port))
        except OSError as error:
            return os.strerror(error.errno) if error.errno else str(error)
    return None


async def healthy(listen: Listen) -> bool:
    """Whether `/healthz/` answers 200: pages can be served, the database is migrated, Redis is there."""
    try:
        return await asyncio.wait_for(_ask(listen), ANSWER_TIMEOUT_S)
    except (OSError, TimeoutError):
        return False


async def _ask(listen: Listen) -> bool:
    context = None
    if listen.certificate:
        context = ssl.create_default_context()
        context.check_hostname = False  # our own process on our own port; the name on the certificate is for people
        context.verify_mode = ssl.CERT_NONE
    host = os.environ.get("KVMWEB_ALLOWED_HOSTS", "*").split(",")[0].strip().lstrip(".")
    host = listen.local_host if host in {"", "*"} else host
    reader, writer = await asyncio.open_connection(listen.local_host, listen.port, ssl=context)
    try:
        writer.write(f"GET /healthz/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        return b" 200 " in await reader.readline()
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
