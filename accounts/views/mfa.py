from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from accounts.services.mfa import decline_mfa
from accounts.sign_in.mfa import WANTED_PAGE, is_consultant, is_privileged, lacks_required_mfa


@require_safe
def mfa_required(request: SignedInRequest) -> HttpResponse:
    """Says why MFA is needed and leads to its setup; once that is done, on to the page that was requested."""
    if lacks_required_mfa(request.user):
        reasons = {"advises": is_consultant(request.user), "privileged": is_privileged(request.user)}
        return render(request, "accounts/mfa_required.html", reasons)
    return HttpResponseRedirect(request.session.pop(WANTED_PAGE, reverse("home")))


@require_POST
def mfa_postpone(request: SignedInRequest) -> HttpResponse:
    """Stops offering MFA and returns to the page named by `back`, on this site only."""
    decline_mfa(user=request.user)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back) if safe else redirect("home")
