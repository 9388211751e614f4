"""`./run` as a person starts it: the real script, its real processes, a separate folder."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
READY = "Ctrl-C stops it."
# The environment of this test run must not reach the product under test.
OF_THE_TEST_RUN = (
    "EVENKEEL_DATA",
    "DATABASE_URL",
    "REDIS_URL",
    "MEDIA_ROOT",
    "SECRET_KEY",
    "SIGNING_KEY",
    "OPERATOR_FOLDER",
    "DJANGO_SETTINGS_MODULE",
)


@dataclass(frozen=True)
class Product:
    process: subprocess.Popen[str]
    port: int
    data: Path
    said: str
    seconds_to_ready: float

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def stop(self, number: signal.Signals = signal.SIGINT) -> str:
        """Returns what it prints after the signal."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=START_SECONDS)
        return rest


@contextlib.contextmanager
def running_product(
    data: Path, *, folder: Path = ROOT, project: Path = ROOT, command: Sequence[str] = ()
) -> Iterator[Product]:
    """`./run` of `project` with this command, started from `folder`; on the way out it is stopped if it still runs."""
    port = free_port()
    begin = time.monotonic()
    process = start([*command, "--port", str(port), "--data", str(data)], folder, project)
    try:
        said = _read_until_ready(process)
        yield Product(process, port, data, said, time.monotonic() - begin)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=START_SECONDS)


def start(arguments: Sequence[str], folder: Path = ROOT, project: Path = ROOT) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [project / "run", *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def environment() -> dict[str, str]:
    """That of a person's shell: nothing of the test run, neither its services nor which worker of pytest-xdist it is.

    SPT_NOENV: gunicorn renames its processes if it can, which would overwrite what `processes_of` reads.
    """
    own = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    return {name: value for name, value in own.items() if not name.startswith("PYTEST_")} | {"SPT_NOENV": "1"}


def _read_until_ready(process: subprocess.Popen[str]) -> str:
    said = ""
    assert process.stdout is not None
    while READY not in said:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"./run ended before it was ready:\n{said}")
        said += line
    return said


def processes_of(data: Path) -> dict[int, str]:
    """Every process on this machine that uses this data folder, with its command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            if f"EVENKEEL_DATA={data}\0".encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
    return found
