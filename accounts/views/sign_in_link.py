from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.models import SignInStep
from accounts.requests import SignedInRequest
from accounts.sign_in.links import find_sign_in_link, use_sign_in_link
from accounts.views.form_pages import form_methods


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
