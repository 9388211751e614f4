"""Answers that have no body: to HEAD, and those whose status says so."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
NO_BODY = frozenset({str(HTTPStatus.NO_CONTENT.value), str(HTTPStatus.NOT_MODIFIED.value)})


def without_unsent_bodies(application: WSGIApplication) -> WSGIApplication:
    """Drops what the server must not send: gunicorn drops it too, but warns about each in the log.

    Django makes the whole page for a HEAD, so that its headers are those of the GET.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status = ""

        def noting(line: str, *rest: Any) -> Any:
            nonlocal status
            status = line.partition(" ")[0]
            return start_response(line, *rest)

        body = application(environ, noting)
        if environ["REQUEST_METHOD"] != "HEAD" and status not in NO_BODY:
            return body
        if close := getattr(body, "close", None):
            close()
        return []

    return guarded
