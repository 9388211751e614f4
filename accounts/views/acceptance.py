"""The page that an invitation's link leads to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.forms.people import AcceptForm
from accounts.invitations.rules import accepted_invitation, find_invitation, mask_email
from accounts.models import AccessLevel, Invitation, InvitationKind, Membership, Organisation, User
from accounts.permissions import Capability
from accounts.queries import standings_of
from accounts.requests import actor_of
from accounts.services.acceptance import accept_as_client, accept_as_consultancy, accept_as_member, offered_levels
from accounts.views.form_pages import form_methods
from accounts.wording import invitation_words

# What a person must be allowed to do in their own organisation to accept an invitation between organisations.
RIGHTS = {
    InvitationKind.CONSULTANCY: Capability.LOOK_AFTER_CLIENTS,
    InvitationKind.CLIENT: Capability.MANAGE_ENGAGEMENTS,
}


@login_not_required
@never_cache
@form_methods
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links too); the button accepts."""
    user = request.user if isinstance(request.user, User) else None
    found = find_invitation(token)
    if found is None:
        return _no_longer(request, token, user)
    context = {"invitation": found, "words": invitation_words(found), "masked": mask_email(found.email)}
    if user is None or user.email != found.email:
        return render(request, "accounts/invitation.html", {**context, "for_me": False, "form": None})
    return _for_me(request, found, user, context)


def _for_me(request: HttpRequest, found: Invitation, user: User, context: dict[str, Any]) -> HttpResponse:
    choices, levels = _choices(found, user), _levels(found)
    form = AcceptForm(request.POST if request.method == "POST" else None, choices=choices, levels=levels)
    possible = bool(choices) or found.kind == InvitationKind.MEMBER
    if possible and form.is_valid():
        return _accept(request, found, form)
    context |= {"for_me": True, "form": form if possible else None, "kind_needed": found.kind}
    context["membership"] = Membership.objects.filter(user=user, organisation=found.organisation).first()
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


def _no_longer(request: HttpRequest, token: str, user: User | None) -> HttpResponse:
    before = accepted_invitation(token, user) if user else None
    if before:
        return redirect("home")
    return render(request, "accounts/invitation_gone.html")


def _choices(invitation: Invitation, user: User) -> list[Organisation]:
    right = RIGHTS.get(InvitationKind(invitation.kind))
    if right is None:
        return []
    standings = [standing for standing in standings_of(user) if standing.can(right)]
    return [each.organisation for each in standings if each.organisation != invitation.organisation]


def _levels(invitation: Invitation) -> list[AccessLevel]:
    return offered_levels(invitation) if invitation.kind == InvitationKind.CLIENT else []


def _accept(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
    by, names = actor_of(request), {"organisation": invitation.organisation.name}
    if invitation.kind == InvitationKind.MEMBER:
        membership = accept_as_member(invitation=invitation, by=by)
        messages.success(
            request,
            _("You are now a member of %(organisation)s. Your role: %(role)s.")
            % {**names, "role": membership.get_role_display()},
        )
        return redirect("organisation", pk=invitation.organisation_id)
    if invitation.kind == InvitationKind.CONSULTANCY:
        accept_as_consultancy(invitation=invitation, consultancy=form.organisation, by=by)
        messages.success(request, _("You now advise %(organisation)s.") % names)
        return redirect("organisation", pk=invitation.organisation_id)
    accept_as_client(
        invitation=invitation, client=form.organisation, level=AccessLevel(form.cleaned_data["level"]), by=by
    )
    messages.success(request, _("%(organisation)s now has access. You can end it here at any time.") % names)
    return redirect("people", pk=form.organisation.pk)
