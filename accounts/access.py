"""From a key in a URL to something a person may see: 404 if it is missing or foreign, 403 if it is not allowed."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.branding.brands import logos_seen_by
from accounts.invitations.rules import REQUIRED_CAPABILITY, may_hand_to_owner, may_invite, open_invitations
from accounts.models import (
    Brand,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    OperatorRecord,
    Organisation,
)
from accounts.permissions import Capability
from accounts.queries import (
    Person,
    Standing,
    active_engagements_at,
    active_engagements_of,
    members_of,
    standing_in,
)
from accounts.refused.rights import MissingRight, RightIsMissing, missing_in


def organisation_read(person: Person, pk: UUID) -> Standing:
    """What the person is to the organisation; 404 if they may not see it."""
    standing = standing_in(person, pk)
    if standing is None:
        raise Http404
    return standing


def organisation_for(person: Person, pk: UUID, capability: Capability) -> Standing:
    """The person's standing if it includes the capability; 404 if they may not see the organisation, else 403."""
    return require(organisation_read(person, pk), capability)


def organisation_manage(person: Person, pk: UUID) -> Standing:
    """`organisation_for` somebody who may invite, change and remove members."""
    return organisation_for(person, pk, Capability.MANAGE_PEOPLE)


def organisation_leave(person: Person, pk: UUID) -> Membership:
    """The person's own membership; 403 for a consultant, who is let in without one."""
    standing = organisation_for(person, pk, Capability.LEAVE)
    return members_of(standing.organisation).select_related("organisation").get(user_id=person.pk or 0)


def member_manage(person: Person, pk: UUID, member: int) -> Membership:
    """The membership with the key `member`, if it is in this organisation and the person manages its people."""
    standing = organisation_manage(person, pk)
    return get_object_or_404(members_of(standing.organisation).select_related("organisation"), pk=member)


def invitation_manage(person: Person, pk: UUID, invitation: UUID) -> Invitation:
    """An open invitation, for a person who may make one like it."""
    standing = organisation_read(person, pk)
    organisation = standing.organisation
    if not any(standing.can(needed) for needed in REQUIRED_CAPABILITY.values()) and not may_hand_to_owner(
        person, organisation
    ):
        raise missing_in(standing.role)
    found = get_object_or_404(open_invitations(organisation).select_related("organisation"), pk=invitation)
    if not may_invite(person, organisation, InvitationKind(found.kind), found.role):
        raise missing_in(standing.role)
    return found


def engagement_at_client(person: Person, pk: UUID, engagement: int) -> Engagement:
    """An active engagement of the client `pk`, for its owners."""
    standing = organisation_for(person, pk, Capability.MANAGE_ENGAGEMENTS)
    return get_object_or_404(active_engagements_at(standing.organisation).select_related("client"), pk=engagement)


def engagement_at_consultancy(person: Person, pk: UUID, engagement: int) -> Engagement:
    """An active engagement of the consultancy `pk`, for its owners and editors."""
    standing = organisation_for(person, pk, Capability.LOOK_AFTER_CLIENTS)
    active = active_engagements_of(standing.organisation).select_related("consultancy")
    return get_object_or_404(active, pk=engagement)


def client_at(consultancy: Organisation, client: UUID) -> Engagement:
    """The active engagement with this client; 404 for any other organisation, whether or not it exists."""
    return get_object_or_404(active_engagements_of(consultancy), client=client)


def clients_at(consultancy: Organisation, keys: Iterable[str]) -> list[Engagement]:
    """The engagements with the clients that have these keys, by name; 404 if one of them is not a client."""
    try:
        wanted = {UUID(key) for key in keys}
    except ValueError:
        raise Http404 from None
    found = list(active_engagements_of(consultancy).filter(client__in=wanted))
    if len(found) != len(wanted):
        raise Http404
    return found


def logo_read(person: Person, pk: UUID) -> Brand:
    """A brand with a logo: of the person's own consultancy, or of one that advises an organisation they may see."""
    return get_object_or_404(logos_seen_by(person), pk=pk)


def require(standing: Standing, capability: Capability) -> Standing:
    """The standing itself, or 403. Call it only for an organisation that the person may know of."""
    if not standing.can(capability):
        raise missing_in(standing.role)
    return standing


def is_administrator(person: Person) -> bool:
    """Administrators decide what concerns the whole site; this gives no access to any organisation's data.

    With all the flags that `ADMINISTRATOR_FLAGS` names: who has lost one of them is none any more.
    """
    return person.is_authenticated and person.is_active and person.is_staff and person.is_superuser


def require_administrator(person: Person) -> None:
    """403 for anybody who does not look after the site; administrators see no organisation's data by it."""
    if not is_administrator(person):
        raise RightIsMissing(MissingRight.ADMINISTRATOR)


def operator_record_for(person: Person, pk: int) -> OperatorRecord:
    """One of the records of the site, for administrators; 403 for others, whether or not there is one."""
    require_administrator(person)
    return get_object_or_404(OperatorRecord, pk=pk)


def may_edit_bank(person: Person) -> bool:
    """Bank editors write the questions that everyone is asked; this gives no access to any organisation's data."""
    return person.is_authenticated and person.is_active and person.edits_bank
