"""A request that never ends takes its process with it, and nobody has to come and end it."""

import contextlib
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.middleware.overdue import LONGEST_SECONDS, OverdueRequests
from launch.servers import free_port
from tests.production.test_proxy import ROOT, listens, wait_until
from tests.production.test_refusals import GOOD

pytestmark = pytest.mark.slow


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """gunicorn as configured, with one process, and the application of tests/production/endless.py."""
    port = free_port()
    environment = {
        **GOOD,
        "PATH": os.environ["PATH"],
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "MEDIA_ROOT": str(tmp_path / "files"),
        "OPERATOR_FOLDER": str(ROOT / "tests" / "production" / "operator"),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "tests.production.endless"]
    with (tmp_path / "log").open("wb") as output:
        process = subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        wait_until(lambda: listens(port))
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def answering(port: int) -> str:
    """Of which process the answer is; empty while there is none."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        return str(answer.read().decode())
    return ""


def test_the_process_of_a_request_that_never_ends_is_replaced(port: int) -> None:
    wait_until(lambda: answering(port) != "")
    before = answering(port)
    with pytest.raises(OSError):  # noqa: PT011 (reset, closed or refused: whichever comes first)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/endless", timeout=60)
    wait_until(lambda: answering(port) not in ("", before))


def test_a_request_counts_while_it_is_worked_on() -> None:
    seen: list[int | None] = []

    def look(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        seen.append(watched.overdue(float("inf")))
        return []

    watched = OverdueRequests(look)
    watched({"gunicorn.socket": None}, lambda *args: None)
    watched({}, lambda *args: None)
    assert seen == [threading.get_ident(), None]
    assert watched.overdue(float("inf")) is None


def test_whoever_waits_is_told_before_the_process_ends() -> None:
    assert "proxy_read_timeout 60s;" in (ROOT / "deploy" / "nginx.conf").read_text()
    assert LONGEST_SECONDS > 60
