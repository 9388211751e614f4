"""Requests that nobody waits for any more: whoever asks and hangs up, a thousand times, must cost nobody else a thread.

deploy/nginx.conf waits for us even then, and so counts them. Other proxies hang up as their clients do.
"""

import socket
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

WITHOUT_EFFECT = ("GET", "HEAD")
HUNG_UP = frozenset({7, 8})
"""TCP_CLOSE and TCP_CLOSE_WAIT of Linux: no proxy closes its half of a connection and still listens."""
NOBODY_LISTENS = 499
"""As nginx logs it. Nobody reads this answer."""


class AbandonedRequestMiddleware:
    """Leaves out the work for a page whose connection was closed while the request waited for a thread.

    A form is worked on all the same: what somebody sent before they closed the page was meant.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in WITHOUT_EFFECT and has_hung_up(request.META.get("gunicorn.socket")):
            return HttpResponse(status=NOBODY_LISTENS)
        return self.get_response(request)


def has_hung_up(connection: socket.socket | None) -> bool:
    """False where that cannot be known: without a socket of TCP, or not on Linux."""
    if connection is None or not hasattr(socket, "TCP_INFO"):
        return False
    try:
        return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] in HUNG_UP
    except OSError:
        return False
