"""Limits for what costs much and no other rule counts."""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as every_method
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def rate_limited(action: str, *, reading: bool = False) -> Callable[[View], View]:
    """At most as many requests as ACCOUNT_RATE_LIMITS has for `action`, then 429; `reading` counts GET as well."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if every_method.consume(request, app="allauth.account", action=action, limit_get=reading):
                return view(request, *args, **kwargs)
            refused: HttpResponseBase = ratelimit.respond_429(request)
            return refused

        return limited

    return decorate
