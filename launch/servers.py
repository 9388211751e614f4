"""Private PostgreSQL and Redis on free ports of this machine, which end with the process that asked for them."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from launch import processes
from launch.errors import LaunchError
from launch.machine import find_program, needed_line

START_SECONDS = 60
# Below those that Linux assigns by itself.
PORTS = range(20_000, 32_000)
# No durability: this data is not needed after the run.
POSTGRES_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
REDIS_OPTIONS = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--databases", "64")
# What PostgreSQL answers with one letter as soon as it takes connections.
POSTGRES_SSL_REQUEST = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


@contextlib.contextmanager
def private_servers() -> Iterator[Addresses]:
    """Both servers, ready for use; stopped and their folder removed on the way out."""
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-servers-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        owner = unprivileged_owner(folder)
        database_url = stack.enter_context(_postgresql(folder, owner))
        redis_url = stack.enter_context(_redis(folder, owner))
        yield Addresses(database_url, redis_url)


@contextlib.contextmanager
def _postgresql(folder: Path, owner: str | None) -> Iterator[str]:
    data = folder / "postgresql"
    initdb: list[str | Path] = [_needed_program("initdb"), "-D", data, "-U", "evenkeel", "-A", "trust", "-N"]
    made = subprocess.run(
        [*initdb, "-E", "UTF8", "--locale=C"], user=owner, cwd="/", capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise LaunchError(f"PostgreSQL's initdb failed: {made.stderr.strip()}")
    port = free_port()
    command: list[str | Path] = [_needed_program("postgres"), "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", ""]
    command += [word for option in POSTGRES_OPTIONS for word in ("-c", option)]
    log = folder / "postgresql.log"
    with _running(
        processes.start_process("PostgreSQL", command, log, user=owner, stop_signal=signal.SIGQUIT)
    ) as wait_until:
        wait_until(lambda: _answer(port, POSTGRES_SSL_REQUEST) in (b"N", b"S"))
        yield f"postgres://evenkeel@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def _redis(folder: Path, owner: str | None) -> Iterator[str]:
    port = free_port()
    command: list[str | Path] = [_needed_program("redis-server"), "--port", str(port), "--dir", folder, *REDIS_OPTIONS]
    log = folder / "redis.log"
    with _running(processes.start_process("Redis", command, log, user=owner, stop_signal=signal.SIGKILL)) as wait_until:
        wait_until(lambda: _answer(port, b"PING\r\n") == b"+")
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def _running(server: processes.RunningProcess) -> Iterator[Callable[[Callable[[], bool]], None]]:
    try:
        yield lambda ready: processes.wait_until(ready, [server], START_SECONDS)
    finally:
        # Their data is deleted, so they need no clean shutdown.
        processes.stop_processes([server], signal.SIGQUIT)


def free_port() -> int:
    """Not one that the system assigns: outgoing connections could get the same one a moment later."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


def _needed_program(name: str) -> Path:
    program = find_program(name)
    if program is None:
        raise LaunchError(f"{name} is not installed. Type: {needed_line(['postgresql', 'redis-server'])}")
    return program


def unprivileged_owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then an unprivileged account gets the folder."""
    if os.geteuid() != 0:
        return None
    names = {account.pw_name for account in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, name)
    return name


def _answer(port: int, question: bytes) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(question)
            return connection.recv(1)
    except OSError:
        return b""
