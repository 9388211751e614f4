"""Answers that take as long for an address we know as for one we do not."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def constant_time(view: View) -> View:
    """Holds each answer to a POST back until CONSTANT_TIME_SECONDS have passed since it was asked for.

    It hides what is quicker than that: a row made or not, a mail sent or not. What takes longer, such as hashing a
    password, the view has to do for known and unknown addresses alike. The answer is held to one moment, not rounded
    up to the next: rounding would turn a small difference around the moment into a large one.
    """

    @wraps(view)
    def in_even_time(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        started = time.monotonic()
        try:
            return view(request, *args, **kwargs)
        finally:
            time.sleep(max(0.0, settings.CONSTANT_TIME_SECONDS - (time.monotonic() - started)))

    return in_even_time
