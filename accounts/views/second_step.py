from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from accounts.second_step import WANTED, advises, is_missing
from accounts.services.second_step import decline_second_step


@require_safe
def second_step_needed(request: SignedInRequest) -> HttpResponse:
    """Says why and leads to setting it up; once that is done, on to the page that was asked for."""
    if is_missing(request.user):
        return render(request, "accounts/second_step_needed.html", {"advises": advises(request.user)})
    return HttpResponseRedirect(request.session.pop(WANTED, reverse("home")))


@require_POST
def second_step_later(request: SignedInRequest) -> HttpResponse:
    decline_second_step(user=request.user)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back) if safe else redirect("home")
