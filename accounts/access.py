"""From a key in an address to something a person may see. Foreign is 404 like missing; own but not allowed is 403."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.branding.brands import logos_seen_by
from accounts.invitations.rules import REQUIRED_CAPABILITY, may_hand_to_owner, may_invite, open_invitations
from accounts.models import Brand, Engagement, Invitation, InvitationKind, Membership, Organisation
from accounts.permissions import Capability
from accounts.queries import (
    Person,
    Standing,
    active_engagements_at,
    active_engagements_of,
    members_of,
    standing_in,
)


def organisation_read(person: Person, pk: UUID) -> Standing:
    standing = standing_in(person, pk)
    if standing is None:
        raise Http404
    return standing


def organisation_for(person: Person, pk: UUID, capability: Capability) -> Standing:
    return require(organisation_read(person, pk), capability)


def organisation_manage(person: Person, pk: UUID) -> Standing:
    return organisation_for(person, pk, Capability.MANAGE_PEOPLE)


def organisation_leave(person: Person, pk: UUID) -> Membership:
    """The person's own membership."""
    standing = organisation_for(person, pk, Capability.LEAVE)
    return members_of(standing.organisation).select_related("organisation").get(user_id=person.pk or 0)


def member_manage(person: Person, pk: UUID, member: int) -> Membership:
    standing = organisation_manage(person, pk)
    return get_object_or_404(members_of(standing.organisation).select_related("organisation"), pk=member)


def invitation_manage(person: Person, pk: UUID, invitation: UUID) -> Invitation:
    """An open one, for who may make such an invitation anew."""
    standing = organisation_read(person, pk)
    organisation = standing.organisation
    if not any(standing.can(needed) for needed in REQUIRED_CAPABILITY.values()) and not may_hand_to_owner(
        person, organisation
    ):
        raise PermissionDenied
    found = get_object_or_404(open_invitations(organisation).select_related("organisation"), pk=invitation)
    if not may_invite(person, organisation, InvitationKind(found.kind), found.role):
        raise PermissionDenied
    return found


def engagement_at_client(person: Person, pk: UUID, engagement: int) -> Engagement:
    standing = organisation_for(person, pk, Capability.MANAGE_ENGAGEMENTS)
    return get_object_or_404(active_engagements_at(standing.organisation).select_related("client"), pk=engagement)


def engagement_at_consultancy(person: Person, pk: UUID, engagement: int) -> Engagement:
    standing = organisation_for(person, pk, Capability.LOOK_AFTER_CLIENTS)
    active = active_engagements_of(standing.organisation).select_related("consultancy")
    return get_object_or_404(active, pk=engagement)


def client_at(consultancy: Organisation, client: UUID) -> Engagement:
    """404 for an organisation that is no client of this consultancy, like for none at all."""
    return get_object_or_404(active_engagements_of(consultancy), client=client)


def clients_at(consultancy: Organisation, keys: Iterable[str]) -> list[Engagement]:
    """The clients with these keys, by name; 404 when one of them is none of this consultancy's."""
    try:
        wanted = {UUID(key) for key in keys}
    except ValueError:
        raise Http404 from None
    found = list(active_engagements_of(consultancy).filter(client__in=wanted))
    if len(found) != len(wanted):
        raise Http404
    return found


def logo_read(person: Person, pk: UUID) -> Brand:
    return get_object_or_404(logos_seen_by(person), pk=pk)


def require(standing: Standing, capability: Capability) -> Standing:
    """The standing itself, or 403: to be called only on what the person may know of."""
    if not standing.can(capability):
        raise PermissionDenied
    return standing


def may_edit_bank(person: Person) -> bool:
    """Bank editors write the questions that everyone is asked; being one opens no organisation's data."""
    return person.is_authenticated and person.is_active and person.edits_bank
