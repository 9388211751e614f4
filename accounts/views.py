from uuid import UUID

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import organisation_manage
from accounts.forms import NameForm
from accounts.queries import active_engagements_at, members_of, standings_of
from accounts.requests import SignedInRequest
from accounts.services import rename_person
from accounts.sign_in_links import find_sign_in_link, use_sign_in_link


@require_safe
def people(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = organisation_manage(request.user, pk)
    return render(
        request,
        "accounts/people.html",
        {
            "organisation": standing.organisation,
            "members": members_of(standing.organisation),
            "engagements": active_engagements_at(standing.organisation),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: SignedInRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename_person(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("settings")
    return render(request, "accounts/settings.html", {"form": form, "standings": standings_of(request.user)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: SignedInRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links too); the button signs in and burns it."""
    if request.method != "POST":
        link = find_sign_in_link(token)
        return render(request, "accounts/sign_in_link.html", {"person": link.user if link else None})
    user = use_sign_in_link(token=token)
    if user is None:
        return render(request, "accounts/sign_in_link.html", {"person": None})
    if request.user.is_authenticated:
        logout(request)
    # The link stands for the password, so a second step that is set up is still asked for.
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response
