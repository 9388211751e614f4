"""`./run lock`: makes the lock files again from pyproject.toml, with uv.

A lock file names every package with its version and the hashes of its files, for every Python and system we support,
and no URL: it is installed from wherever a machine gets its packages.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch import environment, machine
from launch.errors import LaunchError

MADE = (environment.RUN_LOCK.name, environment.TEST_LOCK.name, environment.BENCH_LOCK.name)
FORM = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet")
PACKAGE = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)


def lock_dependencies(upgrade: bool, tell: Callable[[str], None]) -> int:
    """Versions stay as they are where pyproject.toml allows it, unless `upgrade` asks for the newest."""
    machine.provide_programs(machine.RUN_NEEDS, tell)
    environment.provide_packages(environment.TEST_LOCK, tell)
    make(environment.ROOT, environment.ENVIRONMENT / "bin" / "uv", upgrade, tell)
    return 0


def make(project: Path, uv: Path, upgrade: bool, tell: Callable[[str], None]) -> None:
    """All files of this project, or none. The tests' file keeps to the product's versions."""
    run_lock, test_lock, bench_lock = MADE
    with tempfile.TemporaryDirectory(prefix="evenkeel-lock-") as name:
        new = Path(name)
        for each in MADE:
            if (project / each).exists():
                shutil.copy(project / each, new)
        options = ["--upgrade"] if upgrade else []
        product = ("pyproject.toml", *options)
        _compile(uv, project, new / run_lock, product)
        _compile(uv, project, new / test_lock, [*product, "--group", "dev", "--constraint", str(new / run_lock)])
        _compile(uv, project, new / bench_lock, [*options, "--group", "bench", "--constraint", str(new / test_lock)])
        for each in MADE:
            _refuse_urls(new / each)
        for each in MADE:
            tell(f"{each}: {_changes(project / each, new / each)}")
            shutil.copy(new / each, project / each)


def packages(lock_text: str) -> Mapping[str, str]:
    """The version of each package in a lock file."""
    return dict(PACKAGE.findall(lock_text))


def _compile(uv: Path, project: Path, made: Path, options: Sequence[str]) -> None:
    command: list[str | Path] = [uv, "pip", "compile", *FORM, *options, "--output-file", made]
    result = subprocess.run(command, cwd=project, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode:
        raise LaunchError(f"{made.name} could not be made:\n{result.stderr.strip()}")


def _refuse_urls(lock_file: Path) -> None:
    """A dependency given as a URL would be installed from there, however a machine is set up."""
    lines = [line for line in lock_file.read_text().splitlines() if "://" in line or line.startswith("-")]
    if lines:
        raise LaunchError(f"{lock_file.name} would contain a URL, so nothing was changed: {lines[0].strip()}")


def _changes(old: Path, new: Path) -> str:
    before = packages(old.read_text()) if old.exists() else {}
    after = packages(new.read_text())
    changed = [
        f"{name} {before.get(name, 'new')} -> {after.get(name, 'gone')}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]
    return ", ".join(changed) or f"{len(after)} packages, all versions as before"
