"""Keeps a person's own trail of signing in, and writes the same to the log without addresses."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as second_step
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SignInEvent, SignInEventKind, SignInStep, User
from accounts.models.addresses import normal_address
from accounts.requests import ip_address_of
from accounts.sign_in.browsers import browser_name

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StepsUsed:
    first: SignInStep | None = None
    second: SignInStep | None = None


NO_STEPS = StepsUsed()
MOST_OF_A_KIND_IN_A_DAY = 200
"""Of one person; each is kept for a year."""
_STEP_OF = {
    Authenticator.Type.TOTP.value: SignInStep.APP,
    Authenticator.Type.RECOVERY_CODES.value: SignInStep.RECOVERY_CODE,
    Authenticator.Type.WEBAUTHN.value: SignInStep.PASSKEY,
}


def record_sign_in_event(
    *,
    person: User,
    kind: SignInEventKind,
    request: HttpRequest | None,
    steps: StepsUsed = NO_STEPS,
    reason: str = "",
) -> None:
    """`request` tells from where; None for what happens without one. `reason` is for the log alone.

    After MOST_OF_A_KIND_IN_A_DAY only the log has it. Each kind counts for itself: wrong passwords hide no sign-in.
    """
    today = SignInEvent.objects.filter(user=person, kind=kind, at__gt=timezone.now() - timedelta(days=1))
    if today.count() < MOST_OF_A_KIND_IN_A_DAY:
        SignInEvent.objects.create(
            user=person,
            kind=kind,
            browser=browser_name(request.headers.get("User-Agent", ""))[:80] if request else "",
            ip_address=ip_address_of(request) if request else None,
            first_step=steps.first or "",
            second_step=steps.second or "",
        )
    told = {"reason": reason, "first_step": steps.first, "second_step": steps.second}
    log_sign_in_event(kind, person, **{name: str(value) for name, value in told.items() if value})


def log_sign_in_event(kind: SignInEventKind, person: User | None, **more: str) -> None:
    """For the log alone: what concerns nobody who could be told, or happens too often to tell them each time."""
    logger.info("sign_in_event", kind=kind.value, person=person.pk if person else None, **more)


def steps_used(request: HttpRequest, person: User) -> StepsUsed:
    """What this browser showed to sign in, as django-allauth noted it; nothing is noted for who has just signed up."""
    used = StepsUsed(SignInStep.SIGN_UP)
    for record in get_authentication_records(request, person):
        if record.get("reauthenticated"):
            continue
        step = _step_of(record["method"], record.get("type"))
        is_second = record["method"] == "mfa" and not record.get("passwordless")
        used = StepsUsed(used.first, step) if is_second else StepsUsed(step)
    return used


def _step_of(method: str, authenticator: str | None) -> SignInStep:
    return _STEP_OF[authenticator] if authenticator else SignInStep(method)


def _signed_in(request: HttpRequest, user: User, **_more: object) -> None:
    steps = steps_used(request, user)
    record_sign_in_event(person=user, kind=SignInEventKind.SIGNED_IN, request=request, steps=steps)


def _confirmed(
    sender: object,
    request: HttpRequest,
    user: User,
    method: str,
    reauthenticated: bool = False,
    **more: Any,
) -> None:
    if reauthenticated:
        steps = StepsUsed(_step_of(method, more.get("type")))
        record_sign_in_event(person=user, kind=SignInEventKind.CONFIRMED, request=request, steps=steps)


def _mfa_used(sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_m: object) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_sign_in_event(person=user, kind=SignInEventKind.RECOVERY_CODE_USED, request=request)


def _refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: object) -> None:
    """For an address without an account only the log knows: there is nobody to tell."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    person = User.objects.filter(email=normal_address(email)).first()
    if person:
        record_sign_in_event(person=person, kind=SignInEventKind.REFUSED, request=request)
    else:
        log_sign_in_event(SignInEventKind.REFUSED, None)


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
    (account.authentication_step_completed, _confirmed),
    (second_step.authenticator_used, _mfa_used),
    (second_step.authenticator_added, _mfa_added),
    (second_step.authenticator_reset, _recorder(SignInEventKind.RECOVERY_CODES_MADE)),
    (second_step.authenticator_removed, _recorder(SignInEventKind.MFA_REMOVED)),
)


def record_sign_in_signals() -> None:
    """django-allauth and Django tell what happens by signals; strong references, or they would be forgotten."""
    for number, (signal, receiver) in enumerate(_RECORDERS):
        signal.connect(receiver, weak=False, dispatch_uid=f"accounts.sign_in.events.{number}")
