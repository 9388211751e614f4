"""`.venv`, made from a lock file in which every package carries its hash."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from launch.errors import LaunchError

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMPS = ENVIRONMENT / "locks"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"
BENCH_LOCK = ROOT / "requirements-bench.lock"
"""What benchmarks need besides: programs to compare with."""


def provide_packages(lock: Path, tell: Callable[[str], None]) -> None:
    """Makes or completes the environment, unless exactly this lock file is installed already."""
    if is_installed(lock):
        return
    with _alone():
        if is_installed(lock):
            return
        tell("Installing the Python packages, each checked against its hash")
        if not _python_works():
            _make()
        _install(lock)
        # Everything the product needs is in the tests' lock file too, in the same versions.
        covered = {lock, RUN_LOCK} if lock == TEST_LOCK else {lock}
        STAMPS.mkdir(exist_ok=True)
        for each in covered:
            (STAMPS / each.name).write_text(_fingerprint(each))


def is_installed(lock: Path) -> bool:
    stamp, fingerprint = STAMPS / lock.name, _fingerprint(lock)
    return stamp.is_file() and stamp.read_text() == fingerprint and PYTHON.exists()


def _fingerprint(lock: Path) -> str:
    if not lock.is_file():
        raise LaunchError(f"{lock} is missing: get the project's files again.")
    return hashlib.sha256(lock.read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two runs at once must not fill the same folder."""
    with RUN_LOCK.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _python_works() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0


def _make() -> None:
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    if shutil.which("uv"):
        _do(["uv", "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)])
    else:
        _do([sys.executable, "-m", "venv", str(ENVIRONMENT)])


def _install(lock: Path) -> None:
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    _do([*command, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])


def _do(command: Sequence[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise LaunchError(f"The Python environment in {ENVIRONMENT} could not be made: {_gist(result.stderr)}")


def _gist(output: str) -> str:
    """pip and uv explain at length; the line that matters is the one with the hash or the first error."""
    lines = [line.strip(" \u00d7\u2570\u2500\u25b6") for line in output.splitlines() if line.strip()]
    for word in ("hash", "error"):
        for line in lines:
            if word in line.lower():
                return line
    return lines[-1] if lines else "the tool said nothing"
