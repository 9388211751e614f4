"""How long a session lasts, and what ends it early."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from allauth.account import signals as account
from allauth.mfa import signals as second_step
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from accounts.models import User

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
STARTED, ACTIVE = "session_started", "session_active"


@dataclass(frozen=True, slots=True)
class SessionTimeouts:
    """In seconds. Activity is recorded once per `noted_every` at most, so that saving an answer stays one write."""

    idle: int
    most: int
    noted_every: int


USER_TIMEOUTS = SessionTimeouts(idle=12 * HOUR, most=14 * DAY, noted_every=5 * MINUTE)
ADMIN_TIMEOUTS = SessionTimeouts(idle=30 * MINUTE, most=12 * HOUR, noted_every=MINUTE)
"""Also for bank editors: what they change concerns everybody."""

PAGES = '"cache"'
"""What the browser forgets when a session has ended: others may use it next."""
EVERYTHING = '"cache", "storage"'
"""And when somebody has signed out: also text that they typed and did not send. Until then only a page of the same
person can read that (accounts/sign_in/kept_text.py), and a session that ends in mid-sentence loses none of it."""

CREDENTIAL_CHANGES = (
    account.password_changed,
    account.password_set,
    account.password_reset,
    second_step.authenticator_added,
    second_step.authenticator_removed,
    second_step.authenticator_reset,
)


def timeouts_of(person: User) -> SessionTimeouts:
    """Shorter for people with rights over the whole site."""
    return ADMIN_TIMEOUTS if person.is_staff or person.is_superuser or person.edits_bank else USER_TIMEOUTS


def end_sessions(person: User, *, but: str | None = None) -> None:
    """Signs the person out everywhere, except in the session with the key `but`."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=but or ""):
        session.end()


class SessionTimeoutMiddleware:
    """Ends sessions that have lasted too long, and lets the cookie and the row expire when the session does.

    The first response after a session has ended, however it did, lets the browser forget what it kept of the pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        # The cookie names a session that is gone: it ended elsewhere, or its time was over.
        is_gone = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) and session.session_key is None
        if SESSION_KEY in session:
            is_gone = not self._keep_or_end(request)
        stays = SESSION_KEY in session
        response = self.get_response(request)
        if session.modified and isinstance(request.user, User):
            _note(session, timeouts_of(request.user))
        if stays and SESSION_KEY not in session:
            response.headers["Clear-Site-Data"] = EVERYTHING
        elif is_gone:
            response.headers["Clear-Site-Data"] = PAGES
        return response

    def _keep_or_end(self, request: HttpRequest) -> bool:
        """Whether it goes on."""
        # No user for the key: suspended or deleted. A person who is let back in later has to sign in again.
        if not isinstance(request.user, User) or _is_over(request.session, timeouts_of(request.user)):
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            logout(request)
            return False
        if not _is_a_poll(request) and _is_due(request.session, timeouts_of(request.user)):
            _note(request.session, timeouts_of(request.user))
        return True


def _is_due(session: SessionBase, limits: SessionTimeouts) -> bool:
    active: float = session.get(ACTIVE, 0)
    return time.time() - active >= limits.noted_every


def _is_a_poll(request: HttpRequest) -> bool:
    """A page that waits for a file polls by itself, whether or not anybody is there."""
    return "HX-Request" in request.headers and "seen" in request.GET


def _is_over(session: SessionBase, limits: SessionTimeouts) -> bool:
    """A session without timestamps, from before there were limits, counts from now."""
    now = time.time()
    started: float = session.get(STARTED, now)
    active: float = session.get(ACTIVE, now)
    return now - started >= limits.most or now - active >= limits.idle


def _note(session: SessionBase, limits: SessionTimeouts) -> None:
    now = time.time()
    started = session.setdefault(STARTED, now)
    session[ACTIVE] = now
    session.set_expiry(max(1, int(min(limits.idle, started + limits.most - now))))


def _begin(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    request.session[STARTED] = request.session[ACTIVE] = time.time()


def _renew_key(
    sender: object, request: HttpRequest, user: User, reauthenticated: bool = False, **_more: object
) -> None:
    """Whoever confirms who they are goes on with another key; django-allauth's list of sessions follows."""
    if not reauthenticated:
        return
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _end_the_others(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    end_sessions(user, but=request.session.session_key)


def connect_signals() -> None:
    user_logged_in.connect(_begin, dispatch_uid="accounts.sign_in.sessions.begin")
    account.authentication_step_completed.connect(_renew_key, dispatch_uid="accounts.sign_in.sessions.renew_key")
    for change in CREDENTIAL_CHANGES:
        change.connect(_end_the_others, dispatch_uid="accounts.sign_in.sessions.end_the_others")
