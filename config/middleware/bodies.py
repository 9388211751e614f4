"""Bodies that the server would stumble over: of answers that must have none, and of requests that nobody read."""

import contextlib
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_CHUNK = 65_536
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


def with_whole_requests(application: WSGIApplication, most: int) -> WSGIApplication:
    """Reads what the application left of a body of at most `most` bytes, before the answer goes out.

    Somebody who is not signed in is answered before the body is looked at. A server that then closes the connection
    with unread data makes the other end forget the answer, and a proxy tells people 502.
    """

    def reading(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = application(environ, start_response)
        announced = environ.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and 0 < int(announced) <= most:
            with contextlib.suppress(OSError):
                while environ["wsgi.input"].read(_CHUNK):
                    pass
        return answer

    return reading
