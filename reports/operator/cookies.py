"""Every cookie that this software sets. tests/reports/operator/test_cookies.py walks the site and compares."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.sign_in.sessions import DAY, HOUR, USER_TIMEOUTS


@dataclass(frozen=True, slots=True)
class SiteCookie:
    name: str
    purpose: str
    kept: str


def site_cookies() -> Iterator[SiteCookie]:
    """By the names that they have on this installation."""
    times = {"hours": USER_TIMEOUTS.idle // HOUR, "days": USER_TIMEOUTS.most // DAY}
    yield SiteCookie(
        settings.SESSION_COOKIE_NAME,
        _("Keeps you signed in, and remembers where you were while you sign in. Holds the key of a quick check."),
        _(
            "until you sign out, after %(hours)d hours without activity, or after %(days)d days; for a quick check "
            "without an account, 24 hours"
        )
        % times,
    )
    yield SiteCookie(
        settings.CSRF_COOKIE_NAME,
        _("Makes sure that a form was sent from these pages and not from another site in your name."),
        _("%(days)d days") % {"days": settings.CSRF_COOKIE_AGE // DAY},
    )
