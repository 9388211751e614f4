"""Responses that take as long for a known e-mail address as for an unknown one."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def constant_time(view: View) -> View:
    """Delays each response to a POST until CONSTANT_TIME_SECONDS have passed since the request.

    That hides what is quicker: a row created or not, a mail sent or not. What takes longer, such as hashing a password,
    the view must do for known and unknown addresses alike. Responses are not rounded up to a multiple of the delay:
    that would turn a small difference around it into a large one.
    """

    @wraps(view)
    def in_constant_time(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        started = time.monotonic()
        try:
            return view(request, *args, **kwargs)
        finally:
            time.sleep(max(0.0, settings.CONSTANT_TIME_SECONDS - (time.monotonic() - started)))

    return in_constant_time
