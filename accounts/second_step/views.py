"""django-allauth's pages for setting up a second step, with recovery codes that are shown once, and our own."""

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.second_step.app_codes import current_period, remember_period
from accounts.second_step.recovery_codes import COUNT, codes_left, make_recovery_codes
from accounts.services.locks import lock_person
from accounts.sign_in.mfa import MFA_TYPES, WANTED_PAGE
from accounts.views.form_pages import form_methods


class ActivateApp(totp.ActivateTOTPView):
    """The code that turns the app on is used up by that, too."""

    def form_valid(self, form: Any) -> HttpResponse:
        person: User = self.request.user
        with transaction.atomic():
            lock_person(person)
            if _own(person, Authenticator.Type.TOTP):
                return redirect("mfa_index")
            response: HttpResponse = super().form_valid(form)
            remember_period(_own(person, Authenticator.Type.TOTP)[0], current_period())
            codes = first_recovery_codes(self.request, person)
        return recovery_codes_page(self.request, codes) if codes else response


class AddPasskey(webauthn.AddWebAuthnView):
    """With the first passkey come recovery codes, as with the app."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            codes = first_recovery_codes(self.request, self.request.user)
        return recovery_codes_page(self.request, codes) if codes else response


class ConfirmWithPasskey(webauthn.ReauthenticateWebAuthnView):
    """Says that a passkey did not fit where the person still is."""

    def form_invalid(self, form: Any) -> HttpResponse:
        # django-allauth would lead a signed-in person home.
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))


@require_safe
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """How many are left; what they are is shown only once, when they are made."""
    left = codes_left(request.user)
    if not left.key:
        raise Http404
    return render(request, "mfa/recovery_codes/index.html", {"left": left})


@form_methods
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def recovery_codes_new(request: SignedInRequest) -> HttpResponse:
    """Makes new codes and shows them in the answer to the form: for a later page they would have to be kept."""
    if not _own(request.user, *MFA_TYPES):
        messages.error(request, _("Set up an authenticator app or a passkey first."))
        return redirect("mfa_index")
    left = codes_left(request.user)
    if request.method != "POST":
        return render(request, "mfa/recovery_codes/generate.html", {"left": left, "count": COUNT})
    known = request.POST.get("instead_of", "0")
    with transaction.atomic():
        codes = make_recovery_codes(person=request.user, instead_of=int(known) if known.isdecimal() else -1)
        _tell(request, signals.authenticator_reset)
    account_adapter().send_notification_mail("mfa/email/recovery_codes_generated", request.user)
    return recovery_codes_page(request, codes)


def first_recovery_codes(request: HttpRequest, person: User) -> list[str]:
    """New ones for who has none yet, together with the first app or passkey; none for everybody else."""
    if codes_left(person).key:
        return []
    codes = make_recovery_codes(person=person, instead_of=0)
    _tell(request, signals.authenticator_added)
    return codes


def _tell(request: HttpRequest, signal: Any) -> None:
    """As django-allauth does: the person's trail is written, and the other sessions end."""
    row = Authenticator.objects.get(user=request.user.pk, type=Authenticator.Type.RECOVERY_CODES)
    signal.send(sender=Authenticator, request=request, user=request.user, authenticator=row)


def recovery_codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Shows them, this once. The file is part of the page: else the server would have to keep them for a while."""
    text = render_to_string("mfa/recovery_codes/download.txt", {"codes": codes})
    context = {
        "codes": codes,
        "file": f"data:text/plain;charset=utf-8,{quote(text)}",
        "text": "\n".join(codes),
        "wanted": WANTED_PAGE in request.session,
    }
    return render(request, "mfa/recovery_codes/new.html", context)


def _own(person: User, *kinds: str) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=person, type__in=kinds))
