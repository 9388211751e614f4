"""Limits for what costs much and no other rule counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore, Lock

from allauth.core import ratelimit
from allauth.core.internal import ratelimit as every_method
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused

View = Callable[..., HttpResponseBase]
HEAVY_AT_ONCE = 2
"""How many such requests one process works on: the other threads serve pages, and memory stays for them."""
WAIT_SECONDS = 5
"""How long others wait for one of these turns. Who has one already does not wait: they are refused at once."""
HEAVY = "heavy_file"
_turns = BoundedSemaphore(HEAVY_AT_ONCE)
_lock = Lock()
_at_work: set[int] = set()


class FileInTheMaking(ChangeRefused):
    """The person's last file is still being put together, or there were many in this minute, or many people's."""

    status = 429

    def __init__(self) -> None:
        super().__init__(_("Another file is being put together. Wait a moment, then ask for this one again."))


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


def one_at_a_time(view: View) -> View:
    """For a file that is put together in the request, for somebody who has signed in: one of each person's.

    At most HEAVY_AT_ONCE of all people's in one process, and as many in a minute as ACCOUNT_RATE_LIMITS has for HEAVY.
    Raises FileInTheMaking.
    """

    @wraps(view)
    def in_turn(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with _turn(request.user.pk) as is_mine:
            if is_mine and every_method.consume(request, app="allauth.account", action=HEAVY, limit_get=True):
                return view(request, *args, **kwargs)
        raise FileInTheMaking

    return in_turn


@contextmanager
def _turn(person: int) -> Iterator[bool]:
    """Whether a turn is free; it is taken until the block ends."""
    with _lock:
        is_first = person not in _at_work
        _at_work.add(person)
    try:
        is_mine = is_first and _turns.acquire(timeout=WAIT_SECONDS)
        try:
            yield is_mine
        finally:
            if is_mine:
                _turns.release()
    finally:
        if is_first:
            with _lock:
                _at_work.discard(person)
