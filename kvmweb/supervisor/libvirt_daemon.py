"""A libvirt daemon of our own, for a machine that runs none: root, no systemd, libvirt installed.

Guests outlive it: QEMU processes are no children of libvirtd, and the next libvirtd finds them again.
"""

import os
import shutil
import socket
from pathlib import Path

from kvmweb.supervisor.child import Child

SOCKET = Path("/run/libvirt/libvirt-sock")
QEMU_SETTINGS = Path("/etc/libvirt/qemu.conf")
# virtlogd is another daemon that would have to outlive the guests; plain files need nobody.
OUR_QEMU_SETTINGS = """
stdio_handler = "file"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
remember_owner = 0
"""
DAEMON_SETTINGS = """
listen_tls = 0
listen_tcp = 0
auth_unix_rw = "none"
unix_sock_rw_perms = "0700"
"""
START = """
if unshare --mount true 2>/dev/null; then
    exec unshare --mount --propagation slave sh -c 'mount --bind "$1" "$2" && shift 2 && exec "$@"' sh "$@"
fi
shift 2; virtlogd --daemon; exec "$@"
"""
HARMLESS = (  # said on every machine without systemd, D-Bus and udev, and when a client just hangs up
    "dbus",
    "DBus",
    "D-Bus",
    "dmidecode",
    "udev",
    "libvirt version:",
    "hostname:",
    "virSecurityManagerNew",
    "End of file while reading data",
)


def may_start() -> bool:
    """Whether this process may and must start libvirt's daemon by itself."""
    return (
        os.geteuid() == 0
        and not Path("/run/systemd/system").exists()
        and shutil.which("libvirtd", path=search_path()) is not None
        and not answers()
    )


def answers() -> bool:
    """Whether a libvirt daemon listens on the system's socket."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(0.5)
            client.connect(str(SOCKET))
    except OSError:
        return False
    return True


def libvirt_child(data: Path) -> Child:
    """The child that serves `qemu:///system`, with QEMU settings that need no systemd, virtlogd or cgroups.

    The system's own qemu.conf is not touched: in a private mount namespace ours is laid over it, where that is
    allowed; elsewhere virtlogd is started, which libvirt's default settings need.
    """
    run = data / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    qemu, daemon = run / "qemu.conf", run / "libvirtd.conf"
    qemu.write_text(_without_ours(QEMU_SETTINGS) + OUR_QEMU_SETTINGS)
    daemon.write_text(DAEMON_SETTINGS)
    libvirtd = shutil.which("libvirtd", path=search_path()) or "libvirtd"
    return Child(
        name="libvirt",
        argv=("sh", "-c", START, "sh", str(qemu), str(QEMU_SETTINGS), libvirtd, "-f", str(daemon)),
        env={"PATH": search_path()},
        ready=answers,
        stop_timeout_s=15,
        kills_group=False,  # dnsmasq and QEMU must outlive it
        quiet=HARMLESS,
    )


def _without_ours(path: Path) -> str:
    names = tuple(line.split("=")[0].strip() for line in OUR_QEMU_SETTINGS.strip().splitlines())
    kept = (
        [line for line in path.read_text().splitlines() if not line.strip().startswith(names)]
        if path.exists()
        else []
    )
    return "\n".join(kept) + "\n"


def search_path() -> str:
    """PATH with the folders of system programs, which an ordinary user's PATH may lack."""
    return f"{os.environ.get('PATH', '/usr/bin:/bin')}:/usr/local/sbin:/usr/sbin:/sbin"
