"""`./run audit`: does one of the packages in the lock file have a weakness that somebody published?

pip-audit asks the registry of packages, or the service that `--osv-url` names. A package that it could not ask about is
never counted as free of weaknesses: pip-audit itself says "none found" when it could not ask about a single one.
"""

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from launch import data, environment, machine
from launch.errors import LaunchError
from launch.locks import packages

NOTHING_FOUND, WEAKNESSES_FOUND, NOT_COMPARED = 0, 2, 3
"""Exit codes; 1 is that of any command that could not begin."""
SECONDS = 15
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Weakness:
    """A published one of a package that we use; `corrected_in` are the versions without it."""

    package: str
    version: str
    id: str
    also_called: tuple[str, ...]
    corrected_in: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join((self.id, *self.also_called))
        mended = f"corrected in {', '.join(self.corrected_in)}" if self.corrected_in else "no corrected version yet"
        return f"{self.package} {self.version}: {names} ({mended})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of one; `unasked` are packages of which nothing could be learnt, `problem` says why if all are."""

    at: datetime
    asked: int
    unasked: tuple[str, ...]
    weaknesses: tuple[Weakness, ...]
    problem: str = ""

    @property
    def exit_code(self) -> int:
        if self.weaknesses:
            return WEAKNESSES_FOUND
        return NOT_COMPARED if self.unasked or not self.asked else NOTHING_FOUND

    @property
    def is_complete(self) -> bool:
        """Whether every package was compared, so that it may be recorded."""
        return bool(self.asked) and not self.unasked


def compare_with_advisories(lock: Path, osv_url: str, tell: Callable[[str], None]) -> Comparison:
    """Every package of the lock file, as it is published now: nothing is taken from an earlier answer."""
    machine.provide_programs(machine.RUN_NEEDS, tell)
    environment.provide_packages(environment.TEST_LOCK, tell)
    wanted = packages(lock.read_text())
    if not wanted:
        raise LaunchError(f"{lock.name} names no package, so there is nothing to compare.")
    at = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="evenkeel-audit-") as name:
        answer = Path(name) / "answer.json"
        result = subprocess.run(
            _command(lock, osv_url, answer, Path(name) / "cache"),
            env=data.inherited_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if not answer.exists():
            return Comparison(at, 0, tuple(sorted(wanted)), (), _last_line(result.stderr))
        return read_answer(at, wanted, json.loads(answer.read_text()))


def report_comparison(found: Comparison, tell: Callable[[str], None]) -> None:
    """In words, the worst first."""
    day = f"{found.at:%-d %B %Y, %H:%M} UTC"
    for weakness in found.weaknesses:
        tell(f"WEAKNESS {weakness}")
    if not found.is_complete:
        tell(f"NOT COMPARED: nothing could be learnt about {len(found.unasked)} of {_all(found)} packages ({day}).")
        if found.problem:
            tell(f"The service said: {found.problem}")
        else:
            tell(f"They are: {_named(found.unasked)}. The service does not know them, or answers only in part.")
        tell("This says nothing about their weaknesses. Ask again where the registry's advisories can be reached.")
    elif not found.weaknesses:
        tell(f"No published weakness in any of {found.asked} packages ({day}).")
    if found.weaknesses:
        tell(f"{len(found.weaknesses)} found ({day}). SECURITY.md says within how many days each has to be corrected.")
    if found.is_complete:
        tell(f"To record it: ./run manage record audit --open {len(found.weaknesses)}")


def read_answer(at: datetime, wanted: Mapping[str, str], answer: Mapping[str, Any]) -> Comparison:
    """A package that the answer leaves out, because it is for another system, is not one that we use here."""
    asked, unasked, weaknesses = 0, [], []
    for entry in answer["dependencies"]:
        if "skip_reason" in entry:
            unasked.append(entry["name"])
            continue
        asked += 1
        for own in entry["vulns"]:
            version = wanted.get(entry["name"], entry["version"])
            names, mended = tuple(own.get("aliases", ())), tuple(own.get("fix_versions", ()))
            weaknesses.append(Weakness(entry["name"], version, own["id"], names, mended))
    weaknesses.sort(key=lambda each: (each.package, each.id))
    return Comparison(at, asked, tuple(sorted(unasked)), tuple(weaknesses))


def _command(lock: Path, osv_url: str, answer: Path, cache: Path) -> Sequence[str | Path]:
    service = ("osv", "--osv-url", osv_url) if osv_url else ("pypi",)
    form = ("--format", "json", "--progress-spinner", "off", "--output", answer)
    only_as_locked = ("--requirement", lock, "--require-hashes", "--disable-pip")
    kept = ("--cache-dir", cache, "--timeout", str(SECONDS))
    return (environment.PYTHON, "-m", "pip_audit", *only_as_locked, "--vulnerability-service", *service, *form, *kept)


def _all(found: Comparison) -> int:
    return found.asked + len(found.unasked)


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing"
