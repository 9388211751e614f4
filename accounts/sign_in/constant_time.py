"""Responses that take as long for a known e-mail address as for an unknown one."""

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from threading import BoundedSemaphore

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
AT_ONCE = 4
"""How many such forms one process works on: half of its threads, so that the others still serve pages."""
_turns = BoundedSemaphore(AT_ONCE)


def constant_time(view: View) -> View:
    """Delays each response to a POST until CONSTANT_TIME_SECONDS have passed since the request.

    That hides what is quicker: a row created or not, a mail sent or not. What takes longer, such as hashing a password,
    the view must do for known and unknown addresses alike. Responses are not rounded up to a multiple of the delay:
    that would turn a small difference around it into a large one. "Too many attempts" is said at once: it depends on
    nobody's address, and held it would keep a thread from everybody else. It is said, too, while AT_ONCE others are at
    work.
    """

    @wraps(view)
    def in_constant_time(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if not _turns.acquire(blocking=False):
            refused: HttpResponseBase = ratelimit.respond_429(request)
            return refused
        started = time.monotonic()
        response = None
        try:
            response = view(request, *args, **kwargs)
            return response
        finally:
            if response is None or response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                time.sleep(max(0.0, settings.CONSTANT_TIME_SECONDS - (time.monotonic() - started)))
            _turns.release()

    return in_constant_time
