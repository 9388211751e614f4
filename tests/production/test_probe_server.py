"""Whoever watches over the site hears from it while every thread that answers people is busy."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch.servers import free_port
from tests.production.test_proxy import HOST, ROOT, TO_SIGN_IN, listens, wait_until
from tests.production.test_refusals import GOOD, start_web_server

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Served:
    """The port for people and the one for probes."""

    people: int
    probes: int


@contextlib.contextmanager
def gunicorn(folder: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    """One process with one thread for people, without a proxy."""
    served = Served(free_port(), free_port())
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", *arguments, "config.wsgi"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **GOOD,
                "PATH": os.environ["PATH"],
                "BIND": f"127.0.0.1:{served.people}",
                "PROBE_BIND": f"127.0.0.1:{served.probes}",
                "WEB_WORKERS": "1",
                "WEB_THREADS": "1",
                "MEDIA_ROOT": str(folder),
                "BEHIND_PROXY": "true",
                **environment,
            },
            stdout=log,
            stderr=log,
        )
        try:
            wait_until(lambda: listens(served.people) and asked(served.probes, "/healthz")[0] == 200)
            yield served
        finally:
            process.terminate()
            process.wait(timeout=60)


def asked(port: int, path: str, seconds: float = 10, **headers: str) -> tuple[int, str]:
    """Status and body; 0 if nothing came in time."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def test_while_people_have_every_thread_probes_are_answered(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as served, socket.create_connection(("127.0.0.1", served.people)) as slow:
        slow.sendall(b"POST /healthz HTTP/1.1\r\nHost: check.example.org\r\nContent-Length: 1000\r\n\r\nhalf")
        wait_until(lambda: asked(served.people, "/healthz", seconds=1)[0] == 0)
        assert asked(served.probes, "/healthz") == (200, '{"alive": true}')
        status, said = asked(served.probes, "/readyz")
        assert status == 503
        assert '"database"' in said
        assert asked(served.probes, "/") == (404, "")


def test_hundreds_who_connect_and_say_nothing_hide_it_from_nobody(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as served, contextlib.ExitStack() as stack:
        for _number in range(200):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.probes)))
        assert asked(served.probes, "/healthz")[0] == 200


def test_a_port_that_is_taken_or_none_is_refused() -> None:
    assert "PROBE_BIND must be an address and a port" in start_web_server(**GOOD, PROBE_BIND="8001x").stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = {**GOOD, "PATH": os.environ["PATH"], "BIND": f"127.0.0.1:{free_port()}"}
        refused = subprocess.run(
            [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
            cwd=ROOT,
            env={**environment, "PROBE_BIND": f"127.0.0.1:{taken.getsockname()[1]}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert refused.returncode == 1
    assert "Evenkeel does not start: PROBE_BIND cannot be used" in refused.stderr


def test_metrics_tell_of_every_process_whichever_is_asked(tmp_path: Path) -> None:
    """Two processes that are replaced after a few requests: nothing of what they counted is lost."""
    counted = 'evenkeel_requests_total{route="settings",status="3xx"} 30.0'
    recycled = ("--max-requests", "7", "--max-requests-jitter", "0")
    with gunicorn(tmp_path, *recycled, METRICS_TOKEN="of the test", WEB_WORKERS="2") as served:
        statuses = [sent_to_sign_in(served.people) for _number in range(30)]
        assert asked(served.probes, "/metrics")[0] == 404
        found = [heard(served.probes, "/metrics", Authorization="Bearer of the test") for _time in range(6)]
    assert statuses == [TO_SIGN_IN] * 30
    assert {status for status, _said in found} == {200}
    assert all(counted in said for _status, said in found)
    assert all('evenkeel_check_failed{check="database"} 1.0' in said for _status, said in found)
    assert (tmp_path / "log").read_text().count("Autorestarting worker") >= 3


def heard(port: int, path: str, **headers: str) -> tuple[int, str]:
    """As `asked`; a process that ends meanwhile is asked again, as Prometheus does."""
    return next((found for _again in range(50) if (found := asked(port, path, 10, **headers))[0]), (0, ""))


def sent_to_sign_in(port: int) -> int:
    """The status, as behind a proxy that speaks TLS; this needs no database. A process that ends is asked again."""
    for _again in range(50):
        with contextlib.suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with contextlib.closing(line):
                line.request("GET", "/settings/", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
                return line.getresponse().status
    return 0
