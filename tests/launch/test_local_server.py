"""The web server of `./run`: who sends or reads slowly keeps nobody waiting, and what has begun is finished."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config import local_server
from config.local_server import LocalServer
from config.middleware.headers import BARE
from config.middleware.uploads import MAX_UPLOAD_BYTES
from launch.servers import free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SLOW = 200
# More than the system keeps for a connection whose other end reads nothing.
LARGE_BYTES = 12_000_000
# A sign-in form, an upload: half of it arrives.
HALVES = (
    b"GET /settings/ HTTP/1.1\r\nHost: loc",
    b"POST /account/sign-in/ HTTP/1.1\r\nContent-Length: 1000\r\n\r\nlogin=",
)


def wait_until(ready: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """As `./run` starts it, without a database: nobody is signed in here."""
    data = tmp_path_factory.mktemp("local")
    (data / "static").mkdir()
    (data / "static" / "large.css").write_bytes(b"a" * LARGE_BYTES)
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "EVENKEEL_DATA": str(data),
        "STATIC_ROOT": str(data / "static"),
        "SECRET_KEY": os.environ["SECRET_KEY"],
        "SIGNING_KEY": os.environ["SIGNING_KEY"],
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": f"http://localhost:{port}",
    }
    with (data / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.local_server", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            wait_until(lambda: listens(port) or process.poll() is not None)
            assert process.poll() is None, (data / "log").read_text()
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def answers(port: int) -> list[tuple[int, float]]:
    """Status and seconds of a probe and of a page that leads to signing in."""

    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments: object) -> None:
            return None

    found = []
    for path in ("/healthz", "/settings/", "/healthz"):
        started = time.monotonic()
        try:
            with urllib.request.build_opener(NoRedirect()).open(f"http://localhost:{port}{path}", timeout=30) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        found.append((status, time.monotonic() - started))
    return found


def assert_answers_soon(port: int) -> None:
    found = answers(port)
    assert [status for status, _ in found] == [200, 302, 200]
    # Whoever waited for a slow one would wait a minute.
    assert max(seconds for _, seconds in found) < 8, found


def test_slow_senders_keep_nobody_waiting(port: int) -> None:
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(SLOW)]
        for number, line in enumerate(lines):
            line.sendall(HALVES[number % 2])
        assert_answers_soon(port)
        for line in lines:
            line.sendall(b"a")
        assert_answers_soon(port)


def test_slow_readers_keep_nobody_waiting(port: int) -> None:
    with contextlib.ExitStack() as stack:
        lines = []
        for _ in range(2 * local_server.THREADS):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect(("127.0.0.1", port))
            line.sendall(b"GET /static/large.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
            lines.append(line)
        for line in lines:
            assert line.recv(15) == b"HTTP/1.1 200 OK"
        assert_answers_soon(port)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nLong: ".ljust(32 * 1024, b"a"), "431"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400"),
    ],
)
def test_what_is_no_request_gets_the_headers_too(port: int, sent: bytes, status: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        said = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert said.startswith(f"HTTP/1.1 {status}") or said.startswith(f"HTTP/1.0 {status}")
    for name, value in BARE.items():
        assert f"{name}: {value}".lower() in said.lower()
    assert "\r\nServer:" not in said


@contextlib.contextmanager
def serving(application: Any) -> Iterator[tuple[LocalServer, int, threading.Thread]]:
    """In this process, with another application."""
    port = free_port()
    server = LocalServer(port)
    server.application = application
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server, port, thread
    finally:
        if thread.is_alive():
            server.stop()
        thread.join(30)


def test_asked_to_stop_it_finishes_what_it_has_begun() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def application(environ: Any, start_response: Any) -> list[bytes]:
        begun.set()
        go_on.wait(30)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"finished"]

    with (
        serving(application) as (server, port, thread),
        socket.create_connection(("127.0.0.1", port), timeout=30) as line,
    ):
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert begun.wait(30)
        server.stop()
        wait_until(lambda: not listens(port))
        go_on.set()
        assert b"".join(iter(lambda: line.recv(65536), b"")).endswith(b"finished")
        thread.join(30)
        assert not thread.is_alive()


def test_more_than_a_form_takes_reaches_the_application_before_its_body() -> None:
    """It refuses in the product's words (config/middleware/uploads.py)."""

    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("413 Content Too Large", [("Content-Type", "text/plain")])
        return [b"%s announced, %d read" % (environ["CONTENT_LENGTH"].encode(), len(environ["wsgi.input"].read()))]

    with (
        serving(application) as (_, port, _),
        socket.create_connection(("127.0.0.1", port), timeout=30) as line,
    ):
        line.sendall(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\nlogin=" % (MAX_UPLOAD_BYTES + 1))
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 413 ")
    assert said.endswith(b"\r\n\r\n%d announced, 0 read" % (MAX_UPLOAD_BYTES + 1))


def test_a_request_that_is_never_complete_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "REQUEST_SECONDS", 0)
    with serving(None) as (server, port, _), socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(HALVES[1])
        wait_until(lambda: any(channel.request for channel in server.active_channels.values()))
        server.next_channel_cleanup = 0
        assert line.recv(1) == b""
