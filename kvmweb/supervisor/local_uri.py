"""Which libvirt of this machine an installation manages without being told."""

import os
import shutil
import subprocess

from kvmweb.supervisor import libvirt_daemon

SYSTEM = "qemu:///system"
SESSION = "qemu:///session"
ANSWER_TIMEOUT_S = 10


def local_uri() -> str | None:
    """The system's libvirt where it answers (or can be started by us), else the user's own; None without libvirt."""
    if chosen := os.environ.get("KVMWEB_LOCAL_URI"):
        return chosen
    if libvirt_daemon.may_start() or _answers(SYSTEM):
        return SYSTEM
    daemons = (shutil.which(name, path=libvirt_daemon.search_path()) for name in ("virtqemud", "libvirtd"))
    return SESSION if os.geteuid() != 0 and any(daemons) else None


def _answers(uri: str) -> bool:
    if shutil.which("virsh") is None:
        return os.geteuid() == 0 and libvirt_daemon.answers()
    try:
        asked = subprocess.run(
            ["virsh", "--quiet", "--connect", uri, "uri"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=ANSWER_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0
