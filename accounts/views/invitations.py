"""Inviting people and consultancies, sending an invitation again, withdrawing it."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import (
    engagement_at_consultancy,
    invitation_manage,
    organisation_for,
    organisation_manage,
)
from accounts.errors import ChangeRefused
from accounts.forms.people import InviteColleagueForm, InviteConsultancyForm, InviteOwnerForm
from accounts.invitations.mail import deliver_invitation, invitation_link
from accounts.models import Invitation, InvitationKind, Organisation, Role
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.services.invitations import LIFETIME, SentInvitation, invite, resend_invitation, withdraw_invitation
from accounts.sign_in.constant_time import constant_time
from accounts.views.form_pages import FormPage, confirm_page, form_methods, form_of, form_page


@never_cache
@constant_time
@form_methods
def invite_colleague(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Invites a person to join the organisation."""
    page = FormPage(
        title=_("Invite a colleague"),
        button=_("Invite"),
        back=reverse("people", args=[pk]),
        organisation=organisation_manage(request.user, pk).organisation,
    )
    return _invite(request, form_of(request, InviteColleagueForm), page, InvitationKind.MEMBER)


@never_cache
@constant_time
@form_methods
def invite_consultancy(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A client offers a consultancy access, by a consultant's e-mail address."""
    page = FormPage(
        title=_("Invite a consultancy"),
        text=_("Enter your consultant’s address. The access is for their consultancy; you can end it at any time."),
        button=_("Invite"),
        back=reverse("people", args=[pk]),
        organisation=organisation_for(request.user, pk, Capability.MANAGE_ENGAGEMENTS).organisation,
    )
    return _invite(request, form_of(request, InviteConsultancyForm), page, InvitationKind.CONSULTANCY)


@never_cache
@constant_time
@form_methods
def client_ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A consultancy asks a client for access, by its owner's e-mail address."""
    page = FormPage(
        title=_("Ask a client for access"),
        text=_("Ask the owner of the client’s organisation, who can give you less access than you ask for."),
        button=_("Ask"),
        back=reverse("clients", args=[pk]),
        organisation=organisation_for(request.user, pk, Capability.LOOK_AFTER_CLIENTS).organisation,
    )
    return _invite(request, form_of(request, InviteConsultancyForm), page, InvitationKind.CLIENT)


@never_cache
@constant_time
@form_methods
def client_hand_over(request: SignedInRequest, pk: UUID, engagement: int) -> HttpResponse:
    """Invites the owner of a client that the consultancy set up; by accepting, the owner takes over."""
    client = engagement_at_consultancy(request.user, pk, engagement).client
    page = FormPage(
        title=_("Hand %(client)s over to its owner") % {"client": client},
        text=_("The owner sees everything from then on, decides who else does, and can end your access."),
        button=_("Invite the owner"),
        back=reverse("clients", args=[pk]),
        organisation=client,
    )
    return _invite(request, form_of(request, InviteOwnerForm), page, InvitationKind.MEMBER, role=Role.OWNER)


@never_cache
@constant_time
@form_methods
def invitation_again(request: SignedInRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """Asks before an open invitation is sent again with a new link."""
    found = invitation_manage(request.user, pk, invitation)
    back = _back(request, found)
    if request.method == "POST":
        by_mail = settings.MAIL_CONFIGURED
        return _sent(request, resend_invitation(invitation=found, by=actor_of(request), by_mail=by_mail), back)
    return confirm_page(
        request,
        FormPage(
            title=_("Send the invitation to %(email)s again?") % {"email": found.email},
            text=_("The new link works for another %(days)s days. The earlier link stops working.")
            % {"days": LIFETIME.days},
            button=_("Send again"),
            back=back,
            organisation=found.organisation,
        ),
    )


@form_methods
def invitation_withdraw(request: SignedInRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """Asks before an open invitation is withdrawn."""
    found = invitation_manage(request.user, pk, invitation)
    back = _back(request, found)
    if request.method == "POST":
        withdraw_invitation(invitation=found, by=actor_of(request))
        messages.success(request, _("The invitation is withdrawn."))
        return redirect(back)
    return confirm_page(
        request,
        FormPage(
            title=_("Withdraw the invitation to %(email)s?") % {"email": found.email},
            text=_("The link stops working at once."),
            button=_("Withdraw"),
            back=back,
            organisation=found.organisation,
            danger=True,
        ),
    )


def _invite(
    request: SignedInRequest, form: forms.Form, page: FormPage, kind: InvitationKind, role: str = ""
) -> HttpResponse:
    organisation = page.organisation
    if not isinstance(organisation, Organisation) or not form.is_valid():
        return form_page(request, form, page)
    given = form.cleaned_data
    try:
        sending = invite(
            organisation=organisation,
            kind=kind,
            email=given["email"],
            role=role or given.get("role", ""),
            level=given.get("level", ""),
            by=actor_of(request),
            by_mail=settings.MAIL_CONFIGURED,
        )
    except ChangeRefused as refused:
        form.add_error("email", refused.message)
        return form_page(request, form, page)
    return _sent(request, sending, page.back)


def _sent(request: SignedInRequest, sending: SentInvitation, back: str) -> HttpResponse:
    """Sends the mail, or shows the link on a page that nobody can open again."""
    invitation = sending.invitation
    if not invitation.by_mail:
        context = {
            "invitation": invitation,
            "link": invitation_link(sending),
            "back": back,
            "organisation": invitation.organisation,
        }
        return render(request, "accounts/invitation_link.html", context)
    if deliver_invitation(sending):
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    else:
        messages.warning(
            request, _("The invitation is ready, but the mail could not be sent. Send it again in a minute.")
        )
    return redirect(back)


def _back(request: SignedInRequest, invitation: Invitation) -> str:
    """The URL of the list on which the person found the invitation."""
    organisation = invitation.organisation
    if invitation.kind == InvitationKind.CLIENT:
        return reverse("clients", args=[organisation.pk])
    if organisation.set_up_by_id and not organisation.memberships.filter(user=request.user).exists():
        return reverse("clients", args=[organisation.set_up_by_id])
    return reverse("people", args=[organisation.pk])
