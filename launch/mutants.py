"""`./run mutants`: does a test fail when the code is wrong? mutmut makes one small change at a time and runs the tests.

It works on a copy of the project, which is deleted afterwards. pyproject.toml says which tests judge which code
([tool.evenkeel.mutants]) and how mutmut runs ([tool.mutmut]).
"""

import json
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launch import data, environment, machine
from launch.errors import LaunchError

ENOUGH = 95
EQUIVALENT = Path("tests/mutation/equivalent.toml")
COPIED = ("accounts", "assessments", "config", "docs", "launch", "reports", "static", "templates", "tests", "manage.py")
# mutmut's words for a mutant that a test noticed: it failed, never ended, or the process died.
NOTICED = frozenset({"killed", "timeout", "segfault", "caught by type check"})


@dataclass(frozen=True)
class Mutant:
    """`function` is a dotted name; `before` and `after` are the changed lines without their indentation."""

    function: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    diff: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of the mutants of some modules. Equivalent ones count for neither side."""

    killed: int
    survivors: Sequence[Mutant]
    equivalent: int

    @property
    def percent(self) -> float:
        counted = self.killed + len(self.survivors)
        return 100 * self.killed / counted if counted else 100.0


def run(paths: Sequence[str], tell: Callable[[str], None]) -> int:
    """For these modules or folders, or everything that pyproject.toml lists; returns the exit code."""
    machine.provide_programs(machine.RUN_NEEDS, tell)
    environment.provide_packages(environment.TEST_LOCK, tell)
    settings = _settings(environment.ROOT)
    equivalent = read_equivalent(environment.ROOT / EQUIVALENT)
    worst = 0
    for code, tests in chosen(paths, settings["mutants"], environment.ROOT):
        tell(f"{code}, judged by {' '.join(tests)}")
        # Tests with a database would share it.
        processes = 2 if set(tests) <= set(settings["pure_tests"]) else 1
        outcome = _try_all(code, tests, equivalent, processes)
        worst |= report(outcome, tell)
    return worst


def report(outcome: Outcome, tell: Callable[[str], None]) -> int:
    for each in outcome.survivors:
        tell(f"survived: {each.function}\n{each.diff}")
    tell(
        f"killed {outcome.killed}, survived {len(outcome.survivors)}, equivalent {outcome.equivalent}: "
        f"{outcome.percent:.1f} % ({ENOUGH} % are needed)"
    )
    return int(outcome.percent < ENOUGH)


def chosen(paths: Sequence[str], rooms: Mapping[str, Sequence[str]], root: Path) -> Sequence[tuple[str, Sequence[str]]]:
    """Each path with the tests of its package. A package that is listed but does not exist yet is skipped."""
    if not paths:
        return [(room, tests) for room, tests in rooms.items() if (root / room).exists()]
    found = []
    for path in (Path(each) for each in paths):
        room = next((room for room in rooms if path == Path(room) or Path(room) in path.parents), None)
        if room is None or not (root / path).exists():
            raise LaunchError(f"{path} is in none of these: {', '.join(rooms)}.")
        found.append((path.as_posix(), rooms[room]))
    return found


def read_equivalent(path: Path) -> Collection[Mutant]:
    """The mutants that no test can distinguish from the code, each with its reason."""
    listed = tomllib.loads(path.read_text()).get("equivalent", [])
    for entry in listed:
        if not entry.get("reason", "").strip():
            raise LaunchError(f"{path.name}: {entry.get('function')} needs a reason why no test can tell.")
    return {Mutant(own["function"], tuple(own["before"]), tuple(own["after"])) for own in listed}


def parse_mutant(name: str, diff: str) -> Mutant:
    """`assessments.scoring.sums.x__label__mutmut_14` with what `mutmut show` prints for it."""
    module, _, mangled = name.partition("__mutmut_")[0].rpartition(".")
    own = ".".join(part for part in mangled.removeprefix("x").removeprefix("_").split("\u01c1") if part)
    lines = diff.splitlines()
    before, after = (
        tuple(line[1:].strip() for line in lines if line.startswith(sign) and not line.startswith(sign * 3))
        for sign in "-+"
    )
    return Mutant(f"{module}.{own}", before, after, diff)


def _settings(root: Path) -> Mapping[str, Any]:
    settings: Mapping[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["evenkeel"]
    return settings


def _try_all(code: str, tests: Sequence[str], equivalent: Collection[Mutant], processes: int) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="evenkeel-mutants-") as name:
        copy = Path(name)
        _copy_project(copy)
        _configure(copy / "pyproject.toml", code, tests)
        log = _mutmut(copy, code, "run", "--max-children", str(processes))
        listed = _mutmut(copy, code, "results", "--all", "true")
        results = [line.strip().rpartition(": ") for line in listed.splitlines()]
        if not results:
            raise LaunchError(f"mutmut made no mutants of {code}:\n{_last_lines(log)}")
        unnoticed = [name for name, _, status in results if status not in NOTICED]
        mutants = [parse_mutant(each, _mutmut(copy, code, "show", each)) for each in unnoticed]
        survivors = [own for own in mutants if Mutant(own.function, own.before, own.after) not in equivalent]
        return Outcome(len(results) - len(unnoticed), survivors, len(mutants) - len(survivors))


def _copy_project(copy: Path) -> None:
    for name in (*COPIED, "pyproject.toml"):
        source = environment.ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, copy)


def _configure(pyproject: Path, code: str, tests: Sequence[str]) -> None:
    """mutmut takes code and tests only from here."""
    only = code if code.endswith(".py") else f"{code}/*"
    chosen_here = f"[tool.mutmut]\nonly_mutate = {json.dumps([only])}\n"
    chosen_here += f"pytest_add_cli_args_test_selection = {json.dumps(list(tests))}\n"
    pyproject.write_text(pyproject.read_text().replace("[tool.mutmut]\n", chosen_here, 1))


def _mutmut(folder: Path, code: str, *arguments: str) -> str:
    """EVENKEEL_MUTATION tells the tests which code is changed."""
    result = subprocess.run(
        [environment.PYTHON, "-m", "mutmut", *arguments],
        cwd=folder,
        env={**data.inherited_environment(), "EVENKEEL_MUTATION": code},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise LaunchError(f"mutmut {arguments[0]} failed:\n{_last_lines(result.stdout)}")
    return result.stdout


def _last_lines(text: str) -> str:
    return "\n".join(text.replace("\r", "\n").strip().splitlines()[-20:])
