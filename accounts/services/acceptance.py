"""Accepting an invitation: once, by the person it was sent to, while its sender may still make it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.invitations.rules import is_valid_invitation
from accounts.models import (
    AccessLevel,
    AuditKind,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    Organisation,
    Role,
)
from accounts.permissions import Capability
from accounts.services.engagements import give_access, was_ended_since
from accounts.services.invitations import InvitationGone
from accounts.services.locks import lock_organisations, person_now, require_capability
from accounts.sign_up.unconfirmed import has_confirmed_address


class UnconfirmedAddress(ChangeRefused):
    """Whoever copied the link could be anybody: only a confirmed address shows that it is the invited person."""

    def __init__(self) -> None:
        super().__init__(
            _("Confirm your e-mail address first: sign out and in again, and open the link that we send you.")
        )


@transaction.atomic
def accept_as_member(*, invitation: Invitation, by: Actor) -> Membership:
    """A person who is already a member keeps the higher of the two roles. InvitationGone if it is not valid."""
    taken = _take(invitation, by, InvitationKind.MEMBER, invitation.organisation)
    organisation, role = taken.organisation, Role(taken.role)
    _hand_over(organisation)
    membership, is_new = Membership.objects.get_or_create(
        user=by.person, organisation=organisation, defaults={"role": role}
    )
    before = Role(membership.role)
    if not is_new and _wider(role, before):
        membership.role = role
        membership.save(update_fields=["role"])
        record(
            by=by,
            kind=AuditKind.ROLE_CHANGED,
            organisation=organisation,
            subject=by.person.email,
            before=before,
            after=role,
        )
        return membership
    record(by=by, kind=AuditKind.JOINED, organisation=organisation, subject=by.person.email, after=membership.role)
    return membership


@transaction.atomic
def accept_as_consultancy(*, invitation: Invitation, consultancy: Organisation, by: Actor) -> Engagement:
    """A client's offer, accepted for the consultancy by one of its owners or editors. InvitationGone if not valid."""
    taken = _take(invitation, by, InvitationKind.CONSULTANCY, invitation.organisation, consultancy)
    require_capability(by, consultancy.pk, Capability.LOOK_AFTER_CLIENTS)
    _refuse_itself(consultancy, taken.organisation)
    if was_ended_since(consultancy=consultancy, client=taken.organisation, moment=taken.sent_at):
        raise InvitationGone
    return give_access(
        consultancy=consultancy,
        client=taken.organisation,
        level=AccessLevel(taken.level),
        granted_by=taken.invited_by,
        by=by,
    )


@transaction.atomic
def accept_as_client(*, invitation: Invitation, client: Organisation, level: AccessLevel, by: Actor) -> Engagement:
    """A consultancy's request, granted by an owner of the client with at most the access that was asked for.

    InvitationGone if it is not valid.
    """
    taken = _take(invitation, by, InvitationKind.CLIENT, invitation.organisation, client)
    require_capability(by, client.pk, Capability.MANAGE_ENGAGEMENTS)
    _refuse_itself(client, taken.organisation)
    if level not in offered_levels(taken):
        raise PermissionDenied
    return give_access(consultancy=taken.organisation, client=client, level=level, granted_by=by.person, by=by)


def offered_levels(invitation: Invitation) -> list[AccessLevel]:
    """The access that was asked for, and all that is narrower, widest first."""
    levels = list(AccessLevel)
    return levels[levels.index(AccessLevel(invitation.level)) :]


def _take(invitation: Invitation, by: Actor, kind: InvitationKind, *organisations: Organisation) -> Invitation:
    """The invitation, marked as accepted. Of two clicks at the same moment, the second finds it used."""
    lock_organisations((each.pk for each in organisations), by.user)
    taken = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "invited_by")
        .get(pk=invitation.pk)
    )
    same_link = taken.token_hash == invitation.token_hash
    if (
        taken.kind != kind
        or taken.email != person_now(by.person).email
        or not same_link
        or not is_valid_invitation(taken)
    ):
        raise InvitationGone
    if settings.MAIL_CONFIGURED and not taken.by_mail and not has_confirmed_address(by.person):
        raise UnconfirmedAddress
    taken.accepted_at, taken.accepted_by = timezone.now(), by.person
    taken.save(update_fields=["accepted_at", "accepted_by"])
    return taken


def _hand_over(client: Organisation) -> None:
    """The first who joins a client that a consultancy set up ends for good what the consultancy may do in its place."""
    if client.set_up_by_id is not None and client.handed_over_at is None:
        client.handed_over_at = timezone.now()
        client.save(update_fields=["handed_over_at"])


def _refuse_itself(one: Organisation, other: Organisation) -> None:
    if one == other:
        raise PermissionDenied


def _wider(role: Role, than: Role) -> bool:
    return list(Role).index(role) < list(Role).index(than)
