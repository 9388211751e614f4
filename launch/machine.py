"""What the machine must have: a usable Python, the libraries that lay out text for the PDF, servers for the tests."""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.errors import LaunchError

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """Something that comes from a system package."""

    what: str
    package: str
    there: Callable[[], bool]


def has_library(*names: str) -> bool:
    """As WeasyPrint finds it: by file name, or by what the linker knows."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            if ctypes.util.find_library(name) is not None:
                return True
        else:
            return True
    return False


def can_make_environments() -> bool:
    """uv needs nothing from the system's Python; otherwise these two are needed, which Debian packages separately."""
    return shutil.which("uv") is not None or all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def find_program(*names: str) -> Path | None:
    """A program on the path, or a server where Debian keeps its versions (the newest)."""
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
        kept = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
        newest = max(kept, key=lambda path: float(path.parts[-3]), default=None)
        if newest:
            return newest
    return None


PYTHON_NEEDS = (Need("Python's venv module", "python3-venv", can_make_environments),)
RUN_NEEDS = (
    *PYTHON_NEEDS,
    Need("Pango", "libpangoft2-1.0-0", lambda: has_library("libpangoft2-1.0.so.0", "pangoft2-1.0")),
    Need("HarfBuzz subset", "libharfbuzz-subset0", lambda: has_library("libharfbuzz-subset.so.0", "harfbuzz-subset")),
)
TEST_NEEDS = (
    Need("PostgreSQL", "postgresql", lambda: find_program("initdb") is not None),
    Need("Redis", "redis-server", lambda: find_program("redis-server") is not None),
    Need("Chromium", "chromium", lambda: find_program(*CHROMIUM_NAMES) is not None),
    Need("nginx", "nginx-light", lambda: find_program("nginx") is not None),
)


def provide_programs(needs: Iterable[Need], tell: Callable[[str], None]) -> None:
    """Installs what is missing if we are root; otherwise the `LaunchError` gives the command to type."""
    missing = [need for need in needs if not need.there()]
    if not missing:
        return
    packages = [need.package for need in missing]
    names = ", ".join(need.what for need in missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise LaunchError(f"Missing on this machine: {names}. {_advice(packages)}")
    tell(f"Installing {names} with apt-get")
    _install(packages)
    still = [need.what for need in missing if not need.there()]
    if still:
        raise LaunchError(f"{', '.join(still)} cannot be found although apt-get installed {' '.join(packages)}.")


def needed_line(packages: Sequence[str]) -> str:
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def _advice(packages: Sequence[str]) -> str:
    if shutil.which("apt-get") is None:
        return f"Install them with your system's package manager (on Debian they are called {', '.join(packages)})."
    return f"Type: {needed_line(packages)}"


def _install(packages: Sequence[str]) -> None:
    """A new machine has no package lists yet, an old one outdated ones: they are fetched if the first try fails."""
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if _apt(install).returncode == 0:
        return
    _apt(["apt-get", "update", "-q"])
    result = _apt(install)
    if result.returncode:
        last = (result.stderr.strip() or result.stdout.strip()).splitlines()[-1:]
        raise LaunchError(f"apt-get could not install {' '.join(packages)}: {' '.join(last)}")


def _apt(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
