import os
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from config import probe
from launch.servers import free_port


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


def test_scheduler(tmp_path: Path) -> None:
    schedule = tmp_path / "schedule"
    assert probe.scheduler(schedule) is False
    written = tmp_path / "schedule.db"
    written.touch()
    assert probe.scheduler(schedule) is True
    old = time.time() - probe.STALE_SECONDS - 1
    os.utime(written, (old, old))
    assert probe.scheduler(schedule) is False


@pytest.mark.slow
def test_worker(celery_worker_process: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert probe.worker() is True
    monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")
    assert probe.worker() is False
