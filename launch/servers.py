"""Private PostgreSQL and Redis on free ports of this machine, gone with the process that asked for them."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.problems import Problem

SERVER_PACKAGES = "postgresql redis-server"
START_SECONDS = 30
# Durability is for data that must outlive the run; this data must not.
POSTGRES_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
REDIS_OPTIONS = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--databases", "64")
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


def find_program(name: str) -> Path | None:
    """A server program on the path, or where Debian keeps those that are not on it (newest version first)."""
    found = shutil.which(name)
    if found:
        return Path(found)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return kept[-1] if kept else None


def needed_program(name: str) -> Path:
    program = find_program(name)
    if program is None:
        raise Problem(f"{name} is not installed. Type: apt-get install -y --no-install-recommends {SERVER_PACKAGES}")
    return program


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def private_servers() -> Iterator[Addresses]:
    """Both servers, ready for use; stopped and their folder removed on the way out."""
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-servers-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        owner = _owner_of(folder)
        database_url = stack.enter_context(_postgresql(folder / "postgresql", owner))
        redis_url = stack.enter_context(_redis(folder, owner))
        yield Addresses(database_url, redis_url)


@contextlib.contextmanager
def _postgresql(data: Path, owner: str | None) -> Iterator[str]:
    initdb = [needed_program("initdb"), "-D", data, "-U", "evenkeel", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    made = subprocess.run(initdb, user=owner, cwd="/", capture_output=True, text=True, check=False)
    if made.returncode:
        raise Problem(f"PostgreSQL's initdb failed: {made.stderr.strip()}")
    port = free_port()
    options = [word for option in POSTGRES_OPTIONS for word in ("-c", option)]
    command = [needed_program("postgres"), "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *options]
    log = data.with_suffix(".log")
    with _running(command, owner, log, stop=signal.SIGQUIT) as server:
        _wait_until(lambda: _postgresql_ready(port), server, log)
        yield f"postgres://evenkeel@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def _redis(folder: Path, owner: str | None) -> Iterator[str]:
    port = free_port()
    command = [needed_program("redis-server"), "--port", str(port), "--dir", folder, *REDIS_OPTIONS]
    log = folder / "redis.log"
    with _running(command, owner, log, stop=signal.SIGKILL) as server:
        _wait_until(lambda: _redis_ready(port), server, log)
        yield f"redis://127.0.0.1:{port}/0"


def _owner_of(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then an unprivileged account gets the folder."""
    if os.geteuid() != 0:
        return None
    names = {account.pw_name for account in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, name)
    return name


@contextlib.contextmanager
def _running(
    command: Sequence[str | Path], owner: str | None, log: Path, stop: signal.Signals
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            user=owner,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(stop),
        )
    try:
        yield server
    finally:
        server.send_signal(stop)
        server.wait()


def _die_with_parent(stop: signal.Signals) -> Callable[[], None]:
    """A killed test run cleans up nothing; the kernel then stops its servers."""
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, stop.value)

    return ask_kernel


def _wait_until(ready: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            raise Problem(f"{Path(str(server.args[0])).name} did not start: {_last_line(log)}")  # type: ignore[index]
        time.sleep(0.02)


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it wrote nothing"


def _postgresql_ready(port: int) -> bool:
    """PostgreSQL answers an SSL request with one letter as soon as it takes connections."""
    ssl_request = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
    return _answer(port, ssl_request) in (b"N", b"S")


def _redis_ready(port: int) -> bool:
    return _answer(port, b"PING\r\n") == b"+"


def _answer(port: int, question: bytes) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(question)
            return connection.recv(1)
    except OSError:
        return b""
