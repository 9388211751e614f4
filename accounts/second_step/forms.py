"""The forms of the second step: django-allauth's, in the product's words, with codes that work once."""

from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from accounts.forms.sign_in import FieldWords, PlainFieldWords
from accounts.models import SignInEventKind, User
from accounts.second_step.app_codes import CodeVerdict
from accounts.second_step.codes import take_code
from accounts.sign_in.events import log_sign_in_event, record_sign_in_event

CODE = FieldWords(
    _("Code"), _("Enter the code."), _("The 6 digits your authenticator app shows, or one of your recovery codes.")
)
REFUSALS = {
    CodeVerdict.WRONG: "incorrect_code",
    CodeVerdict.USED: "code_used",
    CodeVerdict.RUN_OUT: "code_run_out",
}
TOO_MANY = "too_many_login_attempts"
MOST_PASSKEYS = 20
"""Of one person: each device has its own, and all of them stand on one page."""


class TakesCode(PlainFieldWords):
    """In place of django-allauth's check, which takes a code of the app again once it has forgotten it."""

    words: ClassVar[dict[str, FieldWords]] = {"code": CODE}
    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        try:
            clear_limit = check_rate_limit(self.user)
        except forms.ValidationError:
            log_sign_in_event(SignInEventKind.CODE_REFUSED, self.user, reason="too many")
            raise
        typed: str = self.cleaned_data["code"]
        judged = take_code(person=self.user, typed=typed)
        if judged.verdict is not CodeVerdict.RIGHT or judged.authenticator is None:
            kind, reason = SignInEventKind.CODE_REFUSED, judged.verdict.value
            record_sign_in_event(person=self.user, kind=kind, request=context.request, reason=reason)
            raise get_adapter().validation_error(REFUSALS[judged.verdict])
        clear_limit()
        judged.authenticator.user = self.user
        self.authenticator = judged.authenticator
        return typed


class MfaForm(TakesCode, base.AuthenticateForm):
    pass


class MfaReauthenticateForm(TakesCode, base.ReauthenticateForm):
    pass


class ActivateAppForm(PlainFieldWords, totp.ActivateTOTPForm):
    words = {"code": FieldWords(_("Code"), _("Enter the code."), _("The 6 digits the app shows now."))}


class PasskeyNameForm(PlainFieldWords, webauthn.EditWebAuthnForm):
    words = {
        "name": FieldWords(
            _("Name"), _("Enter a name."), _("A name to tell your passkeys apart, such as “Work laptop”.")
        )
    }


class AddPasskeyForm(PlainFieldWords, webauthn.AddWebAuthnForm):
    # Every key added here is a passkey: it can sign in on its own, after a fingerprint, a face or a PIN.
    passwordless = None
    words = PasskeyNameForm.words

    def clean(self) -> dict[str, Any]:
        own = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if own.count() >= MOST_PASSKEYS:
            raise forms.ValidationError(
                _("You have %(most)d passkeys. Remove one that you do not use, then add this one.")
                % {"most": MOST_PASSKEYS}
            )
        return super().clean() or self.cleaned_data


class TakesPasskey(webauthn.AuthenticateWebAuthnForm):
    """Keeps a refused passkey in the trail of the person it was tried for."""

    user: User | None

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except forms.ValidationError as refused:
            if refused.code == TOO_MANY:
                log_sign_in_event(SignInEventKind.PASSKEY_REFUSED, self.user, reason="too many")
                raise
            kind, person = SignInEventKind.PASSKEY_REFUSED, self.user or _owner_of(self.cleaned_data["credential"])
            if person:
                record_sign_in_event(person=person, kind=kind, request=context.request)
            else:
                log_sign_in_event(kind, None)
            raise get_adapter().validation_error("incorrect_passkey") from refused


class ConfirmPasskeyForm(TakesPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class SignInPasskeyForm(TakesPasskey, webauthn.LoginWebAuthnForm):
    pass


def _owner_of(credential: Any) -> User | None:
    """Whose passkey it says it is, if that person has it: nobody fills a stranger's trail by guessing a number."""
    try:
        person: User = auth.extract_user_from_response(credential)
        known = auth.get_authenticator_by_credential_id(person, websafe_decode(credential["id"]))
    except (forms.ValidationError, KeyError, TypeError, ValueError):
        return None
    return person if known else None
