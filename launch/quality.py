"""`./run test`: every check and every test at the same time, on private servers."""

import contextlib
import os
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launch import data, environment, machine, processes
from launch.servers import private_servers

MANAGE = ("manage.py",)
CHECKS: Mapping[str, Sequence[str]] = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "layers": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"),
    "templates": ("-m", "djlint", "--lint", "templates"),
    "migrations": (*MANAGE, "makemigrations", "--check", "--dry-run"),
    "deployment": (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
}
# One more than two cores: some tests wait, for a worker that hangs or for a browser. tests/conftest.py has the order.
EVERY_TEST = ("-n", "3", "--no-loadscope-reorder")
PAUSE_SECONDS = 1.0


@dataclass
class RunningChecks:
    """The checks that are running, and the names of those that failed."""

    left: list[processes.RunningProcess]
    failed: list[str] = field(default_factory=list)

    def report(self, tell: Callable[[str], None], *, wait: bool = False) -> None:
        """Prints the results of checks that have ended since; with `wait`, of all, in order."""
        for each in list(self.left):
            if wait:
                each.process.wait()
            if each.process.poll() is not None:
                self.left.remove(each)
                self._report(each, tell)

    def _report(self, ended: processes.RunningProcess, tell: Callable[[str], None]) -> None:
        if ended.process.returncode:
            self.failed.append(ended.name)
            tell(f"FAILED {ended.name}\n{ended.log.read_text(errors='replace')}")
        else:
            tell(f"ok {ended.name}")


def run_checks(tell: Callable[[str], None]) -> int:
    """Every check but the tests; returns the exit code."""
    with _served_environment(tell) as settings, _running_checks(settings) as checks:
        checks.report(tell, wait=True)
        return 1 if checks.failed else 0


def run_tests(arguments: Sequence[str], tell: Callable[[str], None]) -> int:
    """With arguments, only the tests that they select are run. Returns the exit code."""
    if arguments:
        # tests/servers.py starts what the chosen tests need: those of a pure room need nothing.
        return _pytest(arguments, _test_environment(tell), stdin=None)
    with _served_environment(tell) as settings:
        tell("Checks and tests")
        with _running_checks(settings) as checks:
            tests = _pytest(EVERY_TEST, settings, meanwhile=lambda: checks.report(tell))
            checks.report(tell, wait=True)
    if checks.failed:
        tell(f"Failed besides the tests: {', '.join(checks.failed)}")
    return 1 if checks.failed else tests


def run_benchmarks(arguments: Sequence[str], tell: Callable[[str], None]) -> int:
    """A benchmark that needs servers starts them itself."""
    command: list[str | Path] = [environment.PYTHON, "-m", "benchmarks", *arguments]
    settings = _test_environment(tell)
    environment.provide_packages(environment.BENCH_LOCK, tell)
    return subprocess.run(command, cwd=environment.ROOT, env=settings, check=False).returncode


def _test_environment(tell: Callable[[str], None]) -> Mapping[str, str]:
    """The environment variables of a production machine; the URLs of its servers only if they are set."""
    machine.provide_programs(machine.RUN_NEEDS, tell)
    machine.provide_programs(machine.TEST_NEEDS[2:] if _servers_are_given() else machine.TEST_NEEDS, tell)
    environment.provide_packages(environment.TEST_LOCK, tell)
    settings = data.inherited_environment()
    settings.pop("EVENKEEL_DATA", None)
    settings |= {name: secrets.token_urlsafe(64) for name in ("SECRET_KEY", "DATA_KEY", "SIGNING_KEY")}
    settings["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"
    settings["OPERATOR_FOLDER"] = str(environment.ROOT / "tests" / "production" / "operator")
    return settings


@contextlib.contextmanager
def _served_environment(tell: Callable[[str], None]) -> Iterator[Mapping[str, str]]:
    """With PostgreSQL and Redis, which are deleted afterwards unless they were given."""
    settings = _test_environment(tell)
    if _servers_are_given():
        yield settings
        return
    with private_servers() as addresses:
        yield {**settings, "DATABASE_URL": addresses.database_url, "REDIS_URL": addresses.redis_url}


def _servers_are_given() -> bool:
    return {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys()


@contextlib.contextmanager
def _running_checks(settings: Mapping[str, str]) -> Iterator[RunningChecks]:
    """All started at once: each uses one core for a moment, and the longest (types) sets the time."""
    running: list[processes.RunningProcess] = []
    with tempfile.TemporaryDirectory(prefix="evenkeel-checks-") as logs:
        try:
            for name, arguments in CHECKS.items():
                command: list[str | Path] = [environment.PYTHON, *arguments]
                log = Path(logs) / name
                running.append(
                    processes.start_process(name, command, log, environment=settings, folder=environment.ROOT)
                )
            yield RunningChecks(list(running))
        finally:
            processes.stop_processes(running)


def _pytest(
    arguments: Sequence[str],
    settings: Mapping[str, str],
    stdin: int | None = subprocess.DEVNULL,
    meanwhile: Callable[[], None] = lambda: None,
) -> int:
    """In the foreground with our own output; with our own input too where a debugger may ask (`stdin=None`).

    When asked to stop, it tears down its fixtures first.
    """
    command: list[str | Path] = [environment.PYTHON, "-m", "pytest", *arguments]
    process = subprocess.Popen(command, cwd=environment.ROOT, env=settings, stdin=stdin)
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(PAUSE_SECONDS)
            meanwhile()
    finally:
        if process.poll() is None:
            process.send_signal(processes.STOP_SIGNALS[0])
            process.wait()
