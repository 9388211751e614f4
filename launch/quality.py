"""`./run test`: every check, then every test, on private servers."""

import contextlib
import os
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
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
EVERY_TEST = ("-n", "2")


def run_checks(tell: Callable[[str], None]) -> int:
    """Every check but the tests; the exit code."""
    with _served_environment(tell) as settings:
        return 1 if _failed_checks(settings, tell) else 0


def run_tests(arguments: Sequence[str], tell: Callable[[str], None]) -> int:
    """Arguments go to pytest, and then only the tests they choose are run; the exit code."""
    if arguments:
        # tests/servers.py starts what the chosen tests need: those of a pure room need nothing.
        return _pytest(arguments, _test_environment(tell), stdin=None)
    with _served_environment(tell) as settings:
        failed = _failed_checks(settings, tell)
        tell("Tests")
        tests = _pytest(EVERY_TEST, settings)
    if failed:
        tell(f"Failed besides the tests: {', '.join(failed)}")
    return 1 if failed else tests


def run_benchmarks(arguments: Sequence[str], tell: Callable[[str], None]) -> int:
    """A benchmark that needs servers starts them itself."""
    command: list[str | Path] = [environment.PYTHON, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=environment.ROOT, env=_test_environment(tell), check=False).returncode


def _test_environment(tell: Callable[[str], None]) -> Mapping[str, str]:
    """The environment variables of a production machine; where its servers are is told only if it is given."""
    machine.provide_programs(machine.RUN_NEEDS, tell)
    machine.provide_programs(machine.TEST_NEEDS[2:] if _servers_are_given() else machine.TEST_NEEDS, tell)
    environment.provide_packages(environment.TEST_LOCK, tell)
    settings = data.inherited_environment()
    settings.pop("EVENKEEL_DATA", None)
    settings["SECRET_KEY"] = secrets.token_urlsafe(64)
    settings["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"
    return settings


@contextlib.contextmanager
def _served_environment(tell: Callable[[str], None]) -> Iterator[Mapping[str, str]]:
    """With PostgreSQL and Redis, which are thrown away afterwards unless they were given."""
    settings = _test_environment(tell)
    if _servers_are_given():
        yield settings
        return
    with private_servers() as addresses:
        yield {**settings, "DATABASE_URL": addresses.database_url, "REDIS_URL": addresses.redis_url}


def _servers_are_given() -> bool:
    return {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys()


def _failed_checks(settings: Mapping[str, str], tell: Callable[[str], None]) -> list[str]:
    """All at once: each uses one core for a moment, and the longest (types) sets the time."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="evenkeel-checks-") as logs:
        running: list[processes.RunningProcess] = []
        try:
            for name, arguments in CHECKS.items():
                command: list[str | Path] = [environment.PYTHON, *arguments]
                log = Path(logs) / name
                running.append(
                    processes.start_process(name, command, log, environment=settings, folder=environment.ROOT)
                )
            for each in running:
                if each.process.wait():
                    failed.append(each.name)
                    tell(f"FAILED {each.name}\n{each.log.read_text(errors='replace')}")
                else:
                    tell(f"ok {each.name}")
        finally:
            processes.stop_processes(running)
    return failed


def _pytest(arguments: Sequence[str], settings: Mapping[str, str], stdin: int | None = subprocess.DEVNULL) -> int:
    """In the foreground with our own output; with our own input too where a debugger may ask (`stdin=None`).

    Asked to stop, it ends its fixtures in order first.
    """
    command: list[str | Path] = [environment.PYTHON, "-m", "pytest", *arguments]
    process = subprocess.Popen(command, cwd=environment.ROOT, env=settings, stdin=stdin)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.send_signal(processes.STOP_SIGNALS[0])
            process.wait()
