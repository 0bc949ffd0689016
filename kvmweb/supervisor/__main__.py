"""`python -m kvmweb.supervisor`: what `manage.py up` becomes once Django has told it the settings."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from kvmweb.supervisor import leftovers, libvirt_daemon, local_defaults
from kvmweb.supervisor.children import all_children
from kvmweb.supervisor.output import Output
from kvmweb.supervisor.redis import NoRedis
from kvmweb.supervisor.supervisor import Supervisor
from kvmweb.supervisor.web import Listen, healthy, port_taken


def main(argv: list[str]) -> int:
    """Supervise until told to stop; 0 when everything stopped as asked, 1 with a sentence when it cannot start."""
    options = _options(argv)
    listen = Listen(options.bind, options.port, options.certificate, options.key)
    try:
        lock = leftovers.hold(options.data)
        ended = leftovers.end_leftovers(options.data)
        if reason := port_taken(listen):
            raise SystemExit(f"Cannot listen on {options.bind}:{options.port}: {reason}. Choose another --port.")
        os.environ["KVMWEB_DATA"] = os.environ[leftovers.MARK] = str(options.data)
        children = all_children(options.data, listen, options.own_libvirt and libvirt_daemon.may_start())
    except (leftovers.AlreadyRunning, NoRedis) as error:
        raise SystemExit(str(error)) from None
    output = Output()
    if ended:
        output.say(f"ended {len(ended)} processes that an earlier start had left")
    supervisor = Supervisor(children, options.data / "run" / "up.json", output)
    with lock:
        asyncio.run(_run(supervisor, listen, options, output))
    return 0


async def _run(supervisor: Supervisor, listen: Listen, options: argparse.Namespace, output: Output) -> None:
    defaults = None
    if options.local_uri:
        defaults = asyncio.create_task(local_defaults.provide(options.local_uri, options.data, output))
    await supervisor.run(lambda: healthy(listen), listen.url)
    if defaults:
        defaults.cancel()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kvmweb.supervisor")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bind", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    parser.add_argument("--own-libvirt", action="store_true")
    parser.add_argument("--local-uri", default="", help="give this local libvirt a storage pool and a network, once")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
