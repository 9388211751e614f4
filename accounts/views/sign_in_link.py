from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import SignInStep
from accounts.requests import SignedInRequest
from accounts.sign_in.links import create_sign_in_link, find_sign_in_link, use_sign_in_link
from accounts.sign_up.unconfirmed import has_confirmed_address
from accounts.site_urls import absolute_url
from accounts.views.form_pages import form_methods

TO_CONFIRM = timedelta(minutes=15)
"""How long a link works that somebody asked for to confirm who they are."""


@login_not_required
@never_cache
@form_methods
def sign_in_link(request: SignedInRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links too); the button signs in and uses it up."""
    if request.method != "POST":
        link = find_sign_in_link(token)
        return render(request, "accounts/sign_in_link.html", {"person": link.user if link else None})
    user = use_sign_in_link(token=token)
    if user is None:
        return render(request, "accounts/sign_in_link.html", {"person": None})
    if request.user.is_authenticated:
        logout(request)
    # The link replaces the password only: MFA is still asked for if it is set up.
    record_authentication(request, user, SignInStep.LINK.value)
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response


@form_methods
def confirm_by_new_link(request: SignedInRequest) -> HttpResponse:
    """Mails a link that signs in anew, to people who have neither a password nor a second step to confirm with."""
    person = request.user
    if not get_adapter().lacks_ways_to_confirm(person):
        return redirect("account_reauthenticate")
    by_mail, sent = settings.MAIL_CONFIGURED and has_confirmed_address(person), False
    if by_mail and request.method == "POST":
        if sent := bool(ratelimit.consume(request, action="reset_password", key=person.email)):
            link = reverse("sign_in_link", args=[create_sign_in_link(user=person, lifetime=TO_CONFIRM)])
            get_adapter().send_mail("accounts/email/sign_in_link", person.email, {"link": absolute_url(link)})
        else:
            messages.error(request, get_adapter().error_messages["rate_limited"])
    minutes = app_settings.REAUTHENTICATION_TIMEOUT // 60
    context = {"by_mail": by_mail, "sent": sent, "minutes": minutes, "person": person}
    return render(request, "accounts/confirm_by_link.html", context)
