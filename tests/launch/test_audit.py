"""`./run audit` with the real pip-audit, which asks a service of advisories that runs here."""

import json
import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from launch import audit, environment
from launch.__main__ import main
from launch.errors import LaunchError

AT = datetime(2026, 11, 30, 6, 5, tzinfo=UTC)
LOCK = "".join(
    f"{name}=={version} \\\n    --hash=sha256:{'0' * 64}\n"
    for name, version in {"spoon": "2.0", "teapot": "1.0"}.items()
)
LEAK = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-0001"],
    "summary": "It leaks",
    "affected": [
        {
            "package": {"name": "teapot", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
        }
    ],
}


@contextmanager
def advisories(published: Mapping[str, Any]) -> Iterator[str]:
    """The address of a service that knows these, by the name of the package."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = published.get(asked["package"]["name"])
            answer = json.dumps({"vulns": [found]} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "requirements.lock"
    file.write_text(LOCK)
    monkeypatch.setattr(environment, "RUN_LOCK", file)
    monkeypatch.setattr(environment, "provide_packages", lambda lock, tell: None)
    return file


def free_port() -> int:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        return server.server_address[1]


@pytest.mark.slow
def test_a_published_weakness_is_named_with_the_version_that_mends_it(capsys: pytest.CaptureFixture[str]) -> None:
    with advisories({"teapot": LEAK}) as address:
        assert main(["audit", "--osv-url", address]) == audit.WEAKNESSES_FOUND
    said = capsys.readouterr().out
    assert "WEAKNESS teapot 1.0: PYSEC-2026-1, CVE-2026-0001 (corrected in 1.1)\n1 found" in said
    assert "./run manage record audit --open 1\n" in said


@pytest.mark.slow
def test_nothing_found_says_of_how_many_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    with advisories({}) as address:
        assert main(["audit", "--osv-url", address]) == audit.NOTHING_FOUND
    said = capsys.readouterr().out
    assert said.startswith("No published weakness in any of 2 packages (")
    assert "UTC" in said


@pytest.mark.slow
@pytest.mark.parametrize(("ends_with", "expected"), [(0, audit.WEAKNESSES_FOUND), (1, 1)])
def test_the_outcome_is_recorded_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends_with: int, expected: int
) -> None:
    """manage.py is one that writes down what it was asked; the real command has tests of its own."""
    asked = tmp_path / "asked"
    program = f"import sys, pathlib; pathlib.Path({str(asked)!r}).write_text(' '.join(sys.argv)); sys.exit({ends_with})"
    (tmp_path / "manage.py").write_text(program)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    with advisories({"teapot": LEAK}) as address:
        words = ["--data", str(tmp_path / "data"), "audit", "--record", "--osv-url", address]
        assert main(words) == expected
    assert asked.read_text() == "manage.py record audit --open 1"


@pytest.mark.slow
def test_a_service_that_cannot_be_reached_is_never_good_news(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--osv-url", f"http://127.0.0.1:{free_port()}/"]) == audit.NOT_COMPARED
    said = capsys.readouterr().out
    assert "NOT COMPARED: nothing could be learnt about 2 of 2 packages" in said
    assert "The service said: " in said
    assert "No published weakness" not in said
    assert "record" not in said


@pytest.mark.slow
def test_so_is_a_registry_that_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert main(["audit"]) == audit.NOT_COMPARED
    assert "NOT COMPARED: nothing could be learnt about 2 of 2 packages" in capsys.readouterr().out


def dependency(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "version": "1", "vulns": [], **more}


def read(*entries: Mapping[str, object]) -> audit.Comparison:
    return audit.read_answer(AT, {}, {"dependencies": entries})


def test_packages_that_the_service_skips_are_not_free_of_weaknesses() -> None:
    """pip-audit ends with 0 and "No known vulnerabilities found" when it could not ask about a single one."""
    some = read(dependency("a"), {"name": "b", "skip_reason": "Dependency not found"})
    assert (some.asked, some.unasked, some.exit_code) == (1, ("b",), audit.NOT_COMPARED)
    assert not some.is_complete
    assert read().exit_code == audit.NOT_COMPARED
    assert read(dependency("a")).is_complete


def test_a_weakness_counts_more_than_what_could_not_be_asked() -> None:
    found = read(dependency("a", vulns=[{"id": "X-1"}]), {"name": "b", "skip_reason": "?"})
    assert found.exit_code == audit.WEAKNESSES_FOUND
    said: list[str] = []
    audit.report_comparison(found, said.append)
    assert said[0] == "WEAKNESS a 1: X-1 (no corrected version yet)"
    assert said[1].startswith(
        "NOT COMPARED: nothing could be learnt about 1 of 2 packages (30 November 2026, 06:05 UTC)"
    )
    assert not [line for line in said if "record" in line]


def test_a_long_list_is_cut() -> None:
    said: list[str] = []
    audit.report_comparison(read(*({"name": f"p{n:02}", "skip_reason": "?"} for n in range(12))), said.append)
    assert said[1].startswith("They are: p00, p01, ")
    assert " and 2 more. " in said[1]


def test_a_lock_file_without_packages_is_refused(lock: Path) -> None:
    lock.write_text("")
    with pytest.raises(LaunchError, match=r"^requirements\.lock names no package"):
        audit.compare_with_advisories(lock, "", lambda text: None)


def test_other_words_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--everything"]) == 1
    assert capsys.readouterr().err.startswith("Unrecognized arguments: --everything")
