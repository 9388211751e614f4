import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from config import probe
from launch.servers import free_port
from tests.celery_worker import celery_worker
from tests.faults.waiting import wait_until


class Alive(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Broken(Alive):
    status = 500


@pytest.mark.parametrize(("handler", "healthy"), [(Alive, True), (Broken, False)])
def test_web(handler: type[Alive], healthy: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        monkeypatch.setenv("BIND", f"0.0.0.0:{server.server_port}")
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        assert probe.web() is healthy
        answering.join()


def test_web_that_does_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIND", f"0.0.0.0:{free_port()}")
    assert probe.web() is False


@pytest.fixture
def alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "alive"
    monkeypatch.setenv("WORKER_ALIVE", str(file))
    return file


def touched(file: Path, seconds_ago: float) -> None:
    file.touch()
    then = time.time() - seconds_ago
    os.utime(file, (then, then))


def test_a_scheduler_writes_its_schedule_and_takes_messages(tmp_path: Path, alive: Path) -> None:
    schedule, written = tmp_path / "schedule", tmp_path / "schedule.db"
    touched(alive, 0)
    assert probe.scheduler(schedule) is False
    touched(written, 0)
    assert probe.scheduler(schedule) is True
    touched(written, probe.STALE_SECONDS + 1)
    assert probe.scheduler(schedule) is False
    touched(written, 0)
    touched(alive, probe.SILENT_SECONDS + 1)
    assert probe.scheduler(schedule) is False


def test_a_worker_that_has_fallen_silent(alive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert probe.worker() is False
    touched(alive, 0)
    assert probe.worker() is True
    touched(alive, probe.SILENT_SECONDS + 1)
    assert probe.worker() is False
    monkeypatch.delenv("WORKER_ALIVE")
    assert probe.worker() is False


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_shows_that_it_is_alive(alive: Path) -> None:
    with celery_worker(settings={"WORKER_ALIVE": str(alive)}):
        wait_until(probe.worker, 60, "the worker has touched its file")


@pytest.mark.parametrize(("hours", "healthy"), [(0, True), (25.9, True), (26.1, False)])
def test_a_backup_is_no_older_than_two_hours_more_than_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: float, healthy: bool
) -> None:
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path))
    monkeypatch.setenv("BACKUP_HOURS", "24")
    for name, age in (("evenkeel-2026-11-30T020000Z.zip.age", hours), ("evenkeel-2026-11-01T020000Z.zip", 700.0)):
        (tmp_path / name).touch()
        then = time.time() - age * 3600
        os.utime(tmp_path / name, (then, then))
    assert probe.backup() is healthy


@pytest.mark.parametrize(("hours", "healthy"), [(1.0, True), (27.0, False)])
def test_a_service_that_has_just_started_has_time_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: float, healthy: bool
) -> None:
    started = tmp_path / "started"
    started.touch()
    then = time.time() - hours * 3600
    os.utime(started, (then, then))
    monkeypatch.setattr(probe, "STARTED", started)
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path / "none"))
    assert probe.backup() is healthy
