"""HEAD and OPTIONS: the headers of a GET, no body, and nothing in the log that needs somebody's eye."""

import logging
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import StreamingHttpResponse

from config.middleware.bodies import with_whole_requests, without_unsent_bodies

pytestmark = pytest.mark.django_db
PATHS = ("/", "/account/sign-in/", "/account/sign-up/", "/settings/", "/no/such/page/", "/healthz", "/admin/")


@pytest.fixture(autouse=True)
def _one_connection() -> Any:
    """The test's own, which the end of a request would close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(method: str, path: str, application: Any = None) -> tuple[str, dict[str, str], list[bytes]]:
    """What gunicorn would be given."""
    from config.wsgi import application as ours

    environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "testserver"}
    environ["REMOTE_ADDR"] = "127.0.0.1"
    setup_testing_defaults(environ)
    told: list[Any] = []
    body = (application or ours)(environ, lambda status, headers, *_: told.append((status, dict(headers))))
    parts = list(body)
    if close := getattr(body, "close", None):
        close()
    return told[0][0], told[0][1], parts


@pytest.mark.parametrize("path", PATHS)
def test_head_has_the_headers_of_get_and_no_body(path: str) -> None:
    status, headers, body = ask("HEAD", path)
    assert b"".join(body) == b""
    shown, full, _page = ask("GET", path)
    assert status == shown
    assert headers.get("Content-Type") == full.get("Content-Type")
    assert headers.get("Content-Length") == full.get("Content-Length")


@pytest.mark.parametrize(
    ("method", "status", "sent"),
    [("HEAD", "200 OK", 0), ("GET", "304 Not Modified", 0), ("GET", "204 No Content", 0), ("GET", "200 OK", 2)],
)
def test_a_body_that_is_not_sent_is_closed(method: str, status: str, sent: int) -> None:
    response = StreamingHttpResponse([b"one", b"two"])

    def application(_environ: dict[str, Any], start_response: Any) -> Any:
        start_response(status, [])
        return response

    _status, _headers, parts = ask(method, "/", without_unsent_bodies(application))
    assert len(parts) == sent
    assert response.closed


def test_normal_use_leaves_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    """As they reach the log: with the levels of the settings."""
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in PATHS:
            ask(method, path)
    levels = settings.LOGGING["loggers"]
    kept = [
        record
        for record in caplog.records
        if record.levelno >= logging.WARNING
        and record.levelno >= getattr(logging, levels.get(record.name, {}).get("level", "INFO"))
    ]
    assert kept == []


class Sent:
    """A body, and how much of it was read."""

    def __init__(self, content: bytes, ends: bool = False) -> None:
        self.left, self.ends = content, ends

    def read(self, size: int) -> bytes:
        if self.ends:
            raise ConnectionResetError
        taken, self.left = self.left[:size], self.left[size:]
        return taken


@pytest.mark.parametrize(("announced", "left"), [("200000", 0), ("200001", 200_000), ("", 200_000), ("many", 200_000)])
def test_what_nobody_read_of_a_request_is_read_up_to_a_limit(announced: str, left: int) -> None:
    sent = Sent(b"a" * 200_000)
    application = with_whole_requests(lambda _environ, _start: [b"refused"], most=200_000)
    assert application({"CONTENT_LENGTH": announced, "wsgi.input": sent}, print) == [b"refused"]
    assert len(sent.left) == left


def test_somebody_who_leaves_while_sending_is_no_error() -> None:
    application = with_whole_requests(lambda _environ, _start: [b"refused"], most=200_000)
    gone = {"CONTENT_LENGTH": "10", "wsgi.input": Sent(b"", ends=True)}
    assert application(gone, print) == [b"refused"]
