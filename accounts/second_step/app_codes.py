"""The six digits of an authenticator app (RFC 6238): each is taken once, and only in its own 30 seconds."""

import time
from enum import Enum

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

SECONDS = 30
LAST_PERIOD = "last_period"
"""In an authenticator's data: the period of the last code that was taken. Nothing up to it is taken again."""


class CodeVerdict(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"
    RUN_OUT = "run out"


def current_period() -> int:
    """How many times 30 seconds have passed since 1970: what app and server both know."""
    return int(time.time()) // SECONDS


def take_app_code(app: Authenticator, secret: str, typed: str) -> CodeVerdict:
    """Judges the code and remembers a right one. The caller has locked the row, so of two at once one is too late.

    A clock that is a little behind is told so (RUN_OUT) instead of being given more time: whoever looks over a shoulder
    has no more than these 30 seconds either.
    """
    now = current_period()
    if compare_user_code(actual=typed, expected=code_of_period(secret, now - 1)):
        return CodeVerdict.RUN_OUT
    if not compare_user_code(actual=typed, expected=code_of_period(secret, now)):
        return CodeVerdict.WRONG
    if app.data.get(LAST_PERIOD, 0) >= now:
        return CodeVerdict.USED
    remember_period(app, now)
    return CodeVerdict.RIGHT


def remember_period(app: Authenticator, period: int) -> None:
    app.data = {**app.data, LAST_PERIOD: period}
    app.save(update_fields=["data"])


def code_of_period(secret: str, period: int) -> str:
    return str(format_hotp_value(hotp_value(secret, period)))
