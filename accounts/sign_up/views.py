"""The pages for signing up: the form, and the passkey of somebody who wants no password."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginStage
from allauth.account.views import SignupView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import signup_authenticator
from allauth.utils import get_request_param
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.debug import sensitive_post_parameters

from accounts.invitations.rules import find_invitation
from accounts.models import Invitation
from accounts.second_step.views import first_recovery_codes, recovery_codes_page
from accounts.sign_in.mfa import WANTED_PAGE
from accounts.sign_up.forms import PasswordInsteadForm
from accounts.sign_up.passkey_stage import NewPasskeyStage


class SignUp(SignupView):  # type: ignore[misc]
    """With the invitation that the page's `next` parameter leads to, or without one."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "invitation": _invitation_behind(self.request)}


def _invitation_behind(request: HttpRequest) -> Invitation | None:
    try:
        match = resolve(get_request_param(request, REDIRECT_FIELD_NAME) or "")
    except Resolver404:
        return None
    return find_invitation(match.kwargs["token"]) if match.url_name == "invitation" else None


@login_stage_required(stage=NewPasskeyStage.key, redirect_urlname="account_signup")  # type: ignore[untyped-decorator]
@sensitive_post_parameters()
def sign_up_passkey(request: HttpRequest) -> HttpResponse:
    """Makes the passkey of a new account, or sets a password after all, and signs in."""
    stage: NewPasskeyStage = request._login_stage  # type: ignore[attr-defined]
    posted = request.POST if request.method == "POST" else None
    passkey = SignupWebAuthnForm(posted if posted and "credential" in posted else None, user=stage.login.user)
    password = PasswordInsteadForm(posted if not passkey.is_bound else None, person=stage.login.user)
    if passkey.is_valid() or password.is_valid():
        with transaction.atomic():
            person = stage.lock_person()
            if person is None:
                aborted: HttpResponse = stage.abort()
                return aborted
            if not passkey.is_bound:
                person.set_password(password.cleaned_data["password1"])
                person.save(update_fields=["password"])
                stage.login.user = person
                return _signed_in(stage)
            made = signup_authenticator(request, person, **passkey.cleaned_data)
        post_authentication(request, made, reauthenticated=True, passwordless=True)
        return _to_recovery_codes(request, stage)
    return _passkey_page(request, stage, password, failed=passkey.is_bound)


def _passkey_page(
    request: HttpRequest, stage: NewPasskeyStage, password: PasswordInsteadForm, *, failed: bool
) -> HttpResponse:
    context = {
        "form": password,
        "failed": failed,
        "js_data": {"creation_options": begin_registration(stage.login.user, passwordless=True)},
    }
    status = 422 if failed or password.errors else 200
    return render(request, "accounts/sign_up/passkey.html", context, status=status)


def _to_recovery_codes(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Signs in and shows the codes for the day on which the device is lost; from there on to where the person was."""
    onward = _signed_in(stage)
    if not request.user.is_authenticated:
        return onward
    request.session[WANTED_PAGE] = onward.headers["Location"]
    with transaction.atomic():
        codes = first_recovery_codes(request, request.user)
    return recovery_codes_page(request, codes) if codes else onward


def _signed_in(stage: LoginStage) -> HttpResponse:
    response: HttpResponse = stage.exit()
    return response
