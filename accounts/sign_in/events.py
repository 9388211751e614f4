"""Keeps a person's own trail of signing in, and writes the same to the log without addresses."""

from typing import Any

import structlog
from allauth.account import signals as account
from allauth.mfa import signals as second_step
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from accounts.models import SignInEvent, SignInEventKind, User
from accounts.requests import ip_address_of
from accounts.sign_in.browsers import browser_name

logger = structlog.get_logger(__name__)


def record_sign_in_event(*, person: User, kind: SignInEventKind, request: HttpRequest | None) -> None:
    """`request` tells from where; None for what happens without one."""
    SignInEvent.objects.create(
        user=person,
        kind=kind,
        browser=browser_name(request.headers.get("User-Agent", ""))[:80] if request else "",
        ip_address=ip_address_of(request) if request else None,
    )
    logger.info("sign_in_event", kind=kind.value, person=person.pk)


def _signed_in(request: HttpRequest, user: User, **_more: object) -> None:
    record_sign_in_event(person=user, kind=SignInEventKind.SIGNED_IN, request=request)


def _refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: object) -> None:
    """For an address without an account only the log knows: there is nobody to tell."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    person = User.objects.filter(email=email.strip().lower()).first()
    if person:
        record_sign_in_event(person=person, kind=SignInEventKind.REFUSED, request=request)
    else:
        logger.info("sign_in_event", kind=SignInEventKind.REFUSED.value, person=None)


def _recorder(kind: SignInEventKind) -> Any:
    def record(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
        record_sign_in_event(person=user, kind=kind, request=request)

    return record


def _mfa_added(sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_m: object) -> None:
    codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    kind = SignInEventKind.RECOVERY_CODES_MADE if codes else SignInEventKind.MFA_ADDED
    record_sign_in_event(person=user, kind=kind, request=request)


_RECORDERS = (
    (user_logged_in, _signed_in),
    (user_login_failed, _refused),
    (account.password_changed, _recorder(SignInEventKind.PASSWORD_CHANGED)),
    (account.password_set, _recorder(SignInEventKind.PASSWORD_CHANGED)),
    (account.password_reset, _recorder(SignInEventKind.PASSWORD_RESET)),
    (account.email_changed, _recorder(SignInEventKind.EMAIL_CHANGED)),
    (second_step.authenticator_added, _mfa_added),
    (second_step.authenticator_reset, _recorder(SignInEventKind.RECOVERY_CODES_MADE)),
    (second_step.authenticator_removed, _recorder(SignInEventKind.MFA_REMOVED)),
)


def record_sign_in_signals() -> None:
    """django-allauth and Django tell what happens by signals; strong references, or they would be forgotten."""
    for number, (signal, receiver) in enumerate(_RECORDERS):
        signal.connect(receiver, weak=False, dispatch_uid=f"accounts.sign_in.events.{number}")
