from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import member_manage, organisation_leave, organisation_manage
from accounts.forms.people import LEVELS, ROLES, RoleForm
from accounts.invitations.rules import open_invitations
from accounts.models import Membership, Role
from accounts.paging import list_page
from accounts.queries import active_engagements_at, members_of
from accounts.requests import SignedInRequest, actor_of
from accounts.services.people import change_role, hand_over_ownership, leave_organisation_as, remove_member
from accounts.views.form_pages import FormPage, confirm_page, form_methods, form_of, form_page

FEWER = 25
"""Rows per page for the tables below that of the members."""


@require_safe
def people(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Everyone who can see the organisation, and everyone who is invited, for its owners."""
    organisation = organisation_manage(request.user, pk).organisation
    return render(
        request,
        "accounts/people.html",
        {
            "organisation": organisation,
            "members": list_page(members_of(organisation), request.GET),
            "invitations": list_page(open_invitations(organisation), request.GET, name="invitations", size=FEWER),
            "engagements": list_page(
                active_engagements_at(organisation), request.GET, name="consultancies", size=FEWER
            ),
            "roles": ROLES.values(),
            "levels": LEVELS.values(),
        },
    )


@form_methods
def member(request: SignedInRequest, pk: UUID, member: int) -> HttpResponse:
    """The role of a member, with links to what else an owner can do about them."""
    membership = member_manage(request.user, pk, member)
    form = form_of(request, RoleForm, role=membership.role)
    if form.is_valid():
        change_role(membership=membership, role=Role(form.cleaned_data["role"]), by=actor_of(request))
        messages.success(request, _("The role of %(person)s is saved.") % {"person": membership.user})
        return _to_people_or_home(request, pk)
    return form_page(
        request,
        form,
        FormPage(
            title=_("Role of %(person)s") % {"person": membership.user},
            button=_("Save the role"),
            back=reverse("people", args=[pk]),
            organisation=membership.organisation,
            also=() if membership.user == request.user else _also(membership),
        ),
    )


@form_methods
def member_remove(request: SignedInRequest, pk: UUID, member: int) -> HttpResponse:
    """Asks before a member is removed."""
    membership = member_manage(request.user, pk, member)
    names = {"person": membership.user, "organisation": membership.organisation}
    if request.method == "POST":
        remove_member(membership=membership, by=actor_of(request))
        messages.success(request, _("%(person)s is no longer a member of %(organisation)s.") % names)
        return redirect("people", pk=pk)
    return confirm_page(
        request,
        FormPage(
            title=_("Remove %(person)s from %(organisation)s?") % names,
            text=_("This person loses access at once. What they answered stays."),
            button=_("Remove"),
            back=reverse("people", args=[pk]),
            organisation=membership.organisation,
            danger=True,
        ),
    )


@form_methods
def member_hand_over(request: SignedInRequest, pk: UUID, member: int) -> HttpResponse:
    """Asks before a member becomes the owner in the person's place."""
    membership = member_manage(request.user, pk, member)
    names = {"person": membership.user, "organisation": membership.organisation}
    if request.method == "POST":
        hand_over_ownership(membership=membership, by=actor_of(request))
        messages.success(request, _("%(person)s now owns %(organisation)s. You are an editor.") % names)
        return redirect("organisation", pk=pk)
    return confirm_page(
        request,
        FormPage(
            title=_("Hand %(organisation)s over to %(person)s?") % names,
            text=_("%(person)s becomes its owner and manages people. You become an editor.") % names,
            button=_("Hand over"),
            back=reverse("people", args=[pk]),
            organisation=membership.organisation,
            danger=True,
        ),
    )


@form_methods
def leave_organisation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Asks before the person's own membership ends."""
    organisation = organisation_leave(request.user, pk).organisation
    names = {"organisation": organisation}
    if request.method == "POST":
        leave_organisation_as(organisation=organisation, by=actor_of(request))
        messages.success(request, _("You left %(organisation)s.") % names)
        return redirect("settings")
    return confirm_page(
        request,
        FormPage(
            title=_("Leave %(organisation)s?") % names,
            text=_("You will no longer see it. An owner can invite you again."),
            button=_("Leave"),
            back=reverse("settings"),
            organisation=organisation,
            danger=True,
        ),
    )


def _also(membership: Membership) -> tuple[tuple[str, str], ...]:
    keys = [membership.organisation_id, membership.pk]
    return (
        (reverse("member_hand_over", args=keys), _("Hand over the ownership to this person")),
        (reverse("member_remove", args=keys), _("Remove this person")),
    )


def _to_people_or_home(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A person who gave up the ownership may no longer see the page."""
    still_owner = Membership.objects.filter(organisation=pk, user=request.user, role=Role.OWNER).exists()
    return redirect("people" if still_owner else "organisation", pk=pk)
