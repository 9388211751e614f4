"""The data folder of the embedded default: everything Evenkeel keeps is in it."""

import contextlib
import fcntl
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from launch.environment import ROOT
from launch.errors import LaunchError

DEFAULT = ROOT / ".local"
# These would change which Python files are loaded, whether they are compiled, or what error pages show.
NOT_HANDED_ON = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE", "EVENKEEL_DEBUG")


def inherited_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}


def settings_environment(data: Path, port: int) -> dict[str, str]:
    """What config/settings.py reads on the embedded default."""
    return {
        **inherited_environment(),
        "EVENKEEL_DATA": str(data),
        "SECRET_KEY_FILE": str(_key_file(data, "secret-key")),
        "SIGNING_KEY_FILE": str(_key_file(data, "signing-key")),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": f"http://localhost:{port}",
        "STATIC_ROOT": str(data / "static"),
    }


def make_folder(data: Path) -> Path:
    """The folder with a writable place for logs, readable by its owner alone.

    So is every file that this process and those it starts make from here on. A folder that was there before is closed
    to others; LaunchError if it cannot be, or if it holds what is not ours.
    """
    os.umask(0o077)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_to_others(data)
        (data / "log").mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as error:
        raise LaunchError(
            f"The data folder {data} cannot be written ({error.strerror}). Give another with --data."
        ) from error
    return data.resolve()


def _close_to_others(data: Path) -> None:
    """Answers, notes and keys of sessions are in it: no other user of the machine may enter."""
    if not _is_open(data):
        return
    if any(data.iterdir()) and not (data / "secret-key").exists():
        raise LaunchError(
            f"The data folder {data} holds other files, and other users of this machine may enter it. "
            f"Give a new folder with --data, or close this one: chmod 700 '{data}'"
        )
    with contextlib.suppress(PermissionError):
        data.chmod(0o700)
    if _is_open(data):
        raise LaunchError(
            f"Other users of this machine may enter the data folder {data}, and it cannot be closed: it belongs to "
            "somebody else, or its file system has no owners. Give another with --data."
        )


def _is_open(data: Path) -> bool:
    return bool(stat.S_IMODE(data.stat().st_mode) & 0o077)


@contextlib.contextmanager
def hold_folder(data: Path, port: int) -> Iterator[None]:
    """One Evenkeel at a time per folder: two would both run the worker and the scheduler."""
    with (data / "running").open("a+") as holder:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder.seek(0)
            raise LaunchError(
                f"Evenkeel already runs on {data} ({holder.read()}). Stop it first, or give another folder with --data."
            ) from None
        holder.truncate(0)
        holder.write(f"process {os.getpid()}, port {port}")
        holder.flush()
        try:
            yield
        finally:
            holder.truncate(0)


def running_port(data: Path) -> int | None:
    """The port of the Evenkeel that runs on this folder."""
    holder = data / "running"
    text = holder.read_text() if holder.exists() else ""
    return int(text.rpartition(" ")[2]) if text else None


def _key_file(data: Path, name: str) -> Path:
    """Created once: a new secret key would sign everybody out and invalidate what the old one encrypted, and with a new
    signing key nobody could tell any more who signed the reports of before.
    """
    path = data / name
    if not path.exists():
        new = data / f"{name}.new"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        new.rename(path)
    return path
