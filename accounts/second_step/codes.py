"""What somebody typed as a code: the six digits of the app, or a recovery code."""

from dataclasses import dataclass

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db import transaction

from accounts.models import User
from accounts.second_step.app_codes import CodeVerdict, take_app_code
from accounts.second_step.recovery_codes import take_recovery_code

DIGITS = 6


@dataclass(frozen=True, slots=True)
class JudgedCode:
    """`authenticator` is what the code belongs to; None if the person has nothing that gives codes."""

    verdict: CodeVerdict
    authenticator: Authenticator | None


@transaction.atomic
def take_code(*, person: User, typed: str) -> JudgedCode:
    """Judges the code and uses up a right one, behind a lock: of two requests with the same code one succeeds."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    held = Authenticator.objects.select_for_update().filter(user=person, type__in=kinds).order_by("pk")
    by_kind = {row.type: row for row in held}
    app, recovery = (by_kind.get(kind) for kind in kinds)
    plain = normalize_user_code(typed)
    if app and (not recovery or len(plain) == DIGITS):
        return JudgedCode(take_app_code(app, decrypt(app.data["secret"]), typed), app)
    if recovery:
        return JudgedCode(take_recovery_code(recovery, typed), recovery)
    return JudgedCode(CodeVerdict.WRONG, None)
