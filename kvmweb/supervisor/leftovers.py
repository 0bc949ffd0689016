"""What a supervisor that was killed may have left behind, and the rule that one data directory has one supervisor."""

import contextlib
import fcntl
import os
import signal
import time
from pathlib import Path
from typing import IO

MARK = "KVMWEB_SUPERVISED"  # in the environment of every child: the data directory it serves
END_WITHIN_S = 8.0
OUTLIVE_US = ("qemu", "dnsmasq", "swtpm", "virtiofsd", "passt")  # libvirt's own: guests and what serves them


class AlreadyRunning(Exception):
    """Another supervisor holds the data directory; the text names it."""


def hold(data: Path) -> IO[str]:
    """Lock the data directory for this process; keep the file open. Raises AlreadyRunning."""
    run = data / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (run / "up.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read().strip() or "unknown"
        lock.close()
        raise AlreadyRunning(f"KVMWeb already runs on {data} (process {owner}). Stop it first.") from None
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def end_leftovers(data: Path) -> list[int]:
    """End the processes of an earlier supervisor of this data directory; returns their process ids."""
    found = _marked(str(data))
    for number, wait_s in ((signal.SIGTERM, END_WITHIN_S), (signal.SIGKILL, END_WITHIN_S)):
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        deadline = time.monotonic() + wait_s
        while time.monotonic() < deadline and _marked(str(data)):
            time.sleep(0.05)
        if not _marked(str(data)):
            break
    (data / "run" / "up.json").unlink(missing_ok=True)
    return found


def _marked(data: str) -> list[int]:
    wanted = f"{MARK}={data}".encode()
    pids = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if wanted not in (entry / "environ").read_bytes().split(b"\0"):
                continue
            if not (entry / "comm").read_text().startswith(OUTLIVE_US):
                pids.append(int(entry.name))
    return pids
