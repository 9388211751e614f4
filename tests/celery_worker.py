"""A real Celery worker process on the test database and Redis."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 60
STOP_SECONDS = 30


def worker_environment() -> dict[str, str]:
    """The environment of this test run, with the test database in the place of the one it was made from."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    if connection.vendor == "postgresql":
        server = os.environ["DATABASE_URL"].rpartition("/")[0]
        environment["DATABASE_URL"] = f"{server}/{connection.settings_dict['NAME']}"
    return environment


@contextlib.contextmanager
def celery_worker(
    *, concurrency: int = 1, beat: bool = False, app: str = "config", settings: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A prefork worker that is ready for tasks; on the way out it is asked to stop and must.

    `app` is the module with the Celery application, `settings` go into its environment.
    """
    command = [sys.executable, "-m", "celery", "-A", app, "worker", "-P", "prefork", "-c", str(concurrency)]
    command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    with tempfile.TemporaryDirectory(prefix="evenkeel-worker-") as folder:
        if beat:
            command += ["-B", "-s", f"{folder}/beat"]
        log = Path(folder) / "log"
        with log.open("w") as output:
            worker = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**worker_environment(), **(settings or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
            )
        try:
            _wait_until_ready(worker, log)
            yield worker
        finally:
            _stop(worker)


class SharedWorker:
    """One worker for all tests that need one, started by the first; stopped by those that need theirs alone."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._process: subprocess.Popen[str] | None = None

    def process(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = self._stack.enter_context(celery_worker())
        return self._process

    def stop(self) -> None:
        self._stack.close()
        self._process = None


def _wait_until_ready(worker: subprocess.Popen[str], log: Path) -> None:
    """The worker says so; the embedded default has no remote control that could be asked."""
    deadline = time.monotonic() + READY_SECONDS
    while " ready." not in log.read_text():
        if worker.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the Celery worker did not get ready:\n{log.read_text()}")
        time.sleep(0.05)


def _stop(worker: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
