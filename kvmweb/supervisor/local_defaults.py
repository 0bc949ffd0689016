"""A storage pool and a network for a local libvirt that has none, so that the first guest can be made at once.

Done once per installation, and only where there is no pool, or no active network, at all. virsh is used because this
process must stay small and may not hold a libvirt connection.
"""

import asyncio
import contextlib
import os
import shutil
from pathlib import Path

from kvmweb.supervisor.output import Output

ANSWERS_WITHIN_S = 60.0
COMMAND_TIMEOUT_S = 30.0
DONE = "local-defaults-made"


async def provide(uri: str, data: Path, output: Output) -> None:
    """Make what is missing; what cannot be made is said in one line and tried again at the next start."""
    done = data / DONE
    if done.exists() or shutil.which("virsh") is None:
        return
    if not await _wait(uri):
        output.say(f"{uri} does not answer; storage pool and network are left as they are")
        return
    worked = [await _pool(uri, output), await _network(uri, output)]
    if all(worked):
        done.touch(mode=0o600)


async def _wait(uri: str) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            while not (await _virsh(uri, "uri"))[0]:
                await asyncio.sleep(1)
            return True
    return False


async def _pool(uri: str, output: Output) -> bool:
    _, known = await _virsh(uri, "pool-list", "--all", "--name")
    if known.strip():
        return True
    images = Path("/var/lib/libvirt/images")
    if uri.endswith("/session"):
        images = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "libvirt/images"
    for command in (
        ("pool-define-as", "default", "dir", "--target", str(images)),
        ("pool-build", "default"),
        ("pool-start", "default"),
        ("pool-autostart", "default"),
    ):
        worked, said = await _virsh(uri, *command)
        if not worked:
            output.say(f"no default storage pool: {said}")
            return False
    output.say(f"made the storage pool “default” in {images}")
    return True


async def _network(uri: str, output: Output) -> bool:
    if uri.endswith("/session"):
        return True  # an ordinary user may not make bridges; guests get QEMU's user-mode network
    _, active = await _virsh(uri, "net-list", "--name")
    _, known = await _virsh(uri, "net-list", "--all", "--name")
    if active.strip() or "default" not in known.split():
        return True
    await _virsh(uri, "net-autostart", "default")
    worked, said = await _virsh(uri, "net-start", "default")
    output.say("started the network “default”" if worked else f"the network “default” does not start: {said}")
    return True


async def _virsh(uri: str, *words: str) -> tuple[bool, str]:
    process = await asyncio.create_subprocess_exec(
        *("virsh", "--quiet", "--connect", uri, *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), COMMAND_TIMEOUT_S)
    except TimeoutError:
        process.kill()
        return False, f"virsh {words[0]} gave no answer within {COMMAND_TIMEOUT_S:.0f} s"
    return process.returncode == 0, " ".join(said.decode(errors="replace").split())
