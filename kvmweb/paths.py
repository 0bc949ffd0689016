"""Where an installation keeps what it owns: database, keys, sockets, ssh identity, logs."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """The data directory (`KVMWEB_DATA`, default `var/` in the checkout), made on first use with mode 0700."""
    path = Path(os.environ.get("KVMWEB_DATA", BASE_DIR / "var")).resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def private_dir(name: str) -> Path:
    """A directory of that name inside the data directory, readable by its owner alone."""
    path = data_dir() / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def secret_file(name: str) -> str:
    """The text of a secret kept in the data directory; made of 64 random bytes when it is not there yet.

    Two processes may start at once: whoever links the file first wins and both read the same secret.
    """
    path = data_dir() / name
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    return path.read_text().strip()


def write_once(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600 unless the file exists; atomic against a second writer."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
