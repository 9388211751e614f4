"""Responses that take as long for a known e-mail address as for an unknown one."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from threading import Lock

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
AT_ONCE = 4
"""How many such forms one process works on: half of its threads, so that the others still serve pages."""
AT_ONCE_FROM_ONE = 3
"""How many of them from one network address, so that nobody takes all turns."""
RATE = "constant_time"
"""The rate limit of every such form together (ACCOUNT_RATE_LIMITS). One with a mistake in it counts too: it is held
like any other."""
_lock = Lock()
_at_work: Counter[str] = Counter()


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
        with _turn(get_ip(request)) as is_mine:
            if not is_mine or not ratelimit.consume(request, action=RATE):
                refused: HttpResponseBase = ratelimit.respond_429(request)
                return refused
            return _held(view, request, *args, **kwargs)

    return in_constant_time


def _held(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
    started = time.monotonic()
    response = None
    try:
        response = view(request, *args, **kwargs)
        return response
    finally:
        if response is None or response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            time.sleep(max(0.0, settings.CONSTANT_TIME_SECONDS - (time.monotonic() - started)))


@contextmanager
def _turn(network_address: str) -> Iterator[bool]:
    """Whether a turn is free; it is taken until the block ends."""
    with _lock:
        is_free = _at_work.total() < AT_ONCE and _at_work[network_address] < AT_ONCE_FROM_ONE
        if is_free:
            _at_work[network_address] += 1
    try:
        yield is_free
    finally:
        if is_free:
            with _lock:
                _at_work[network_address] -= 1
                if not _at_work[network_address]:
                    del _at_work[network_address]
