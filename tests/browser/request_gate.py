"""A gate in front of the live server: open while a test has pages, closed after the last request.

Closing a page leaves requests that the server has already begun. Emptying the database under them sometimes ends in a
deadlock.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
PATIENCE_SECONDS = 60


class RequestGate:
    """A WSGI application in front of another."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._is_open = False
        self._inside = 0
        self._changed = Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._changed:
            if not self._is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self._inside += 1
        try:
            return self.application(environ, start_response)
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def opened(self) -> Iterator[None]:
        self._is_open = True
        try:
            yield
        finally:
            with self._changed:
                self._is_open = False
                assert self._changed.wait_for(lambda: not self._inside, PATIENCE_SECONDS), "a request does not end"


def request_gate_of(server: Any) -> RequestGate:
    """The gate of a pytest-django live server, installed by the first call."""
    httpd = server.thread.httpd
    if not isinstance(httpd.get_app(), RequestGate):
        httpd.set_app(RequestGate(httpd.get_app()))
    door: RequestGate = httpd.get_app()
    return door
