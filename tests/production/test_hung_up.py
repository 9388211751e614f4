"""Whoever asks and hangs up is counted until the answer is there, and keeps nobody else waiting."""

import contextlib
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from launch.machine import find_program
from launch.servers import free_port
from tests.production.test_proxy import (
    HOST,
    ROOT,
    TO_SIGN_IN,
    answer,
    certificate,
    configuration,
    listens,
    wait_until,
)
from tests.production.test_refusals import GOOD

pytestmark = pytest.mark.slow
HANG_UP = 40
AT_ONCE = 10
"""What deploy/nginx.conf lets one address have at work."""
NOBODY_LISTENS = 499
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


@dataclass
class BusyServer:
    """In the place of Evenkeel: takes every request and answers none before it is told to."""

    listening: socket.socket
    arrived: list[bytes] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._hold, args=[self.listening.accept()[0]], daemon=True).start()

    def _hold(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            if head := line.recv(65_536):
                self.arrived.append(head)
                self.may_answer.wait(60)
                line.sendall(REPLY)


@contextlib.contextmanager
def nginx_before(folder: Path, application: int) -> Iterator[dict[str, int]]:
    """nginx as configured, in front of whatever listens on this port; the ports."""
    nginx = find_program("nginx")
    assert nginx, "nginx is missing: ./run test installs it"
    ports = {"application": application, "plain": free_port(), "tls": free_port()}
    certificate(folder)
    written = configuration(folder, ports)
    process = subprocess.Popen([str(nginx), "-p", str(folder), "-c", str(written)])
    try:
        wait_until(lambda: listens(ports["tls"]))
        yield ports
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[tuple[BusyServer, dict[str, int]]]:
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as listening:
        server = BusyServer(listening)
        threading.Thread(target=server.serve, daemon=True).start()
        with nginx_before(tmp_path, listening.getsockname()[1]) as ports:
            yield server, ports
        server.may_answer.set()


@contextlib.contextmanager
def asking(port: int, path: str, address: str) -> Iterator[ssl.SSLSocket]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), source_address=(address, 0), timeout=60)
    with context.wrap_socket(plain, server_hostname=HOST) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        yield line


def hang_up(server: BusyServer, port: int, path: str) -> str:
    """As soon as the request has reached the application, or was refused: the answer that was there by then."""
    before, said = len(server.arrived), b""
    with asking(port, path, "127.0.0.2") as line:
        line.setblocking(False)

        def has_come() -> bool:
            nonlocal said
            with contextlib.suppress(ssl.SSLWantReadError):
                said = line.recv(4096)
            return bool(said) or len(server.arrived) > before

        wait_until(has_come)
    return said.decode()


def test_one_address_that_hangs_up_keeps_ten_at_work_and_no_more(busy: tuple[BusyServer, dict[str, int]]) -> None:
    server, ports = busy
    said = [hang_up(server, ports["tls"], "/coverage/") for _number in range(HANG_UP)]
    assert len(server.arrived) == AT_ONCE
    assert [page[:12] for page in said] == [""] * AT_ONCE + ["HTTP/1.1 429"] * (HANG_UP - AT_ONCE)
    assert "Retry-After: 5" in said[-1]
    assert "Please wait a moment" in said[-1]
    with asking(ports["tls"], "/home/", "127.0.0.3") as other:
        wait_until(lambda: len(server.arrived) == AT_ONCE + 1)
        server.may_answer.set()
        assert other.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_page_may_ask_for_many_files_at_once(busy: tuple[BusyServer, dict[str, int]]) -> None:
    """As browsers do with HTTP/2; and the page that asked for them is not counted with them."""
    server, ports = busy
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(asking(ports["tls"], "/static/a.css", "127.0.0.2")) for _number in range(30)]
        lines.append(stack.enter_context(asking(ports["tls"], "/home/", "127.0.0.2")))
        wait_until(lambda: len(server.arrived) == len(lines))
        server.may_answer.set()
        assert {line.recv(12) for line in lines} == {b"HTTP/1.1 200"}


def test_people_behind_one_address_are_served_in_turn(busy: tuple[BusyServer, dict[str, int]]) -> None:
    """A workshop of forty who open a page in the same moment: nobody is refused while answers are quick."""
    server, ports = busy
    server.may_answer.set()
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(asking(ports["tls"], "/home/", "127.0.0.2")) for _number in range(40)]
        assert {line.recv(12) for line in lines} == {b"HTTP/1.1 200"}


@pytest.fixture
def paused(tmp_path: Path) -> Iterator[tuple[int, Path, "subprocess.Popen[bytes]"]]:
    """gunicorn of one thread, stopped in the middle of its work: its port, its log and its process group."""
    port, log = free_port(), tmp_path / "log"
    environment = {
        **GOOD,
        "PATH": os.environ["PATH"],
        "BEHIND_PROXY": "true",
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "WEB_THREADS": "1",
        "MEDIA_ROOT": str(tmp_path / "files"),
        "OPERATOR_FOLDER": str(ROOT / "tests" / "production" / "operator"),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            gunicorn, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait_until(lambda: listens(port))
        wait_until(lambda: answered(port) == TO_SIGN_IN)
        os.killpg(process.pid, signal.SIGSTOP)
        yield port, log, process
    finally:
        os.killpg(process.pid, signal.SIGCONT)
        process.terminate()
        process.wait(timeout=60)


def request_to(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(f"GET /settings/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n".encode())
    return line


def answered(port: int) -> int:
    with request_to(port) as line:
        return int(line.recv(4096).split()[1])


def requests_in(log: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("event") == "request"]


def test_without_such_a_proxy_what_was_hung_up_is_not_worked_on(
    paused: tuple[int, Path, "subprocess.Popen[bytes]"],
) -> None:
    port, log, process = paused
    before = len(requests_in(log))
    for _number in range(HANG_UP):
        request_to(port).close()
    with request_to(port) as patient:
        os.killpg(process.pid, signal.SIGCONT)
        assert int(patient.recv(4096).split()[1]) == TO_SIGN_IN
    assert [line["status"] for line in requests_in(log)[before:]] == [NOBODY_LISTENS] * HANG_UP + [TO_SIGN_IN]


def test_slow_answers_of_one_address_are_not_all_that_is_answered(busy: tuple[BusyServer, dict[str, int]]) -> None:
    """Another page of somebody who has ten at work already is told to wait, at once."""
    server, ports = busy
    with contextlib.ExitStack() as stack:
        for _number in range(AT_ONCE):
            stack.enter_context(asking(ports["tls"], "/home/", "127.0.0.1"))
        wait_until(lambda: len(server.arrived) == AT_ONCE)
        assert answer(ports, "/home/")[0] == 429
