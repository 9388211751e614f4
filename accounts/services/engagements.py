"""A consultancy's access to a client: given, changed, ended. Each change is recorded in both sides' trails."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.invitations.rules import is_without_owner_yet, open_invitations
from accounts.models import AccessLevel, AuditKind, Engagement, InvitationKind, Organisation, User
from accounts.permissions import Capability
from accounts.queries import active_engagements_at, active_engagements_of, standing_in
from accounts.services.engagement_notices import tell_access_ended
from accounts.services.locks import lock_organisation, lock_organisation_for


class LeftToNobody(ChangeRefused):
    """The consultancy is the last that can reach the client."""

    def __init__(self) -> None:
        super().__init__(
            _("Without you nobody could reach this client any more. Hand it over to its owner first, or delete it.")
        )


class AlreadyEnded(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("This access has already ended."))


def give_access(
    *, consultancy: Organisation, client: Organisation, level: AccessLevel, granted_by: User, by: Actor
) -> Engagement:
    """Start an engagement, or change the active one to this level. The caller checks who may give access."""
    current = _active(consultancy, client)
    if current:
        _set_level(current, level, by)
        return current
    engagement = Engagement.objects.create(consultancy=consultancy, client=client, level=level, granted_by=granted_by)
    _record(engagement, AuditKind.ACCESS_GRANTED, by, after=level)
    return engagement


@transaction.atomic
def change_access(*, engagement: Engagement, level: AccessLevel, by: Actor) -> None:
    """By an owner of the client. AlreadyEnded if the access has ended meanwhile."""
    lock_organisation_for(engagement.client_id, by, Capability.MANAGE_ENGAGEMENTS)
    current = _as_it_is(engagement)
    _withdraw_offers(current, by)
    _set_level(current, level, by)


@transaction.atomic
def end_access(*, engagement: Engagement, by: Actor) -> None:
    """By either side; the consultants' next request is refused. Whoever did not end it gets a mail.

    AlreadyEnded if the access has ended meanwhile, LeftToNobody if nobody else could reach the client.
    """
    lock_organisation(engagement.client_id, by.user)
    if not may_end(by.person, engagement):
        raise PermissionDenied
    current = _as_it_is(engagement)
    if is_last_way_in(current):
        raise LeftToNobody
    current.ended_at, current.ended_by, current.client_name = timezone.now(), by.person, current.client.name
    current.save(update_fields=["ended_at", "ended_by", "client_name"])
    _withdraw_offers(current, by)
    _record(current, AuditKind.ACCESS_ENDED, by, before=current.level)
    tell_access_ended(engagement=current, by=by.person)


def was_ended_since(*, consultancy: Organisation, client: Organisation, moment: datetime) -> bool:
    """Whether the access was ended after `moment`: an offer from before does not bring it back."""
    return Engagement.objects.filter(consultancy=consultancy, client=client, ended_at__gte=moment).exists()


def is_last_way_in(engagement: Engagement) -> bool:
    """Whether the client never had an owner, and no other consultancy has access to it.

    One that its owners have left is about to be deleted: nobody has to stay for that.
    """
    others = active_engagements_at(engagement.client).exclude(pk=engagement.pk)
    return is_without_owner_yet(engagement.client) and not others.exists()


def may_end(person: User, engagement: Engagement) -> bool:
    """Whether the person may end the access: an owner of the client, or an owner or editor of the consultancy."""
    at_client = standing_in(person, engagement.client_id)
    at_consultancy = standing_in(person, engagement.consultancy_id)
    return bool(
        (at_client and at_client.can(Capability.MANAGE_ENGAGEMENTS))
        or (at_consultancy and at_consultancy.can(Capability.LOOK_AFTER_CLIENTS))
    )


def _active(consultancy: Organisation, client: Organisation) -> Engagement | None:
    return active_engagements_of(consultancy).filter(client=client).first()


def _as_it_is(engagement: Engagement) -> Engagement:
    current = Engagement.objects.select_related("consultancy", "client").get(pk=engagement.pk)
    if current.ended_at:
        raise AlreadyEnded
    return current


def _withdraw_offers(engagement: Engagement, by: Actor) -> None:
    """The client's open offers to people of this consultancy: whoever accepted one would undo what is decided now."""
    people = engagement.consultancy.memberships.values("user__email")
    offers = open_invitations(engagement.client).filter(kind=InvitationKind.CONSULTANCY, email__in=people)
    for offer in offers:
        offer.withdrawn_at = timezone.now()
        offer.save(update_fields=["withdrawn_at"])
        record(by=by, kind=AuditKind.INVITATION_WITHDRAWN, organisation=engagement.client, subject=offer.email)


def _set_level(engagement: Engagement, level: AccessLevel, by: Actor) -> None:
    before = engagement.level
    if before == level:
        return
    engagement.level = level
    engagement.save(update_fields=["level"])
    _record(engagement, AuditKind.ACCESS_CHANGED, by, before=before, after=level)


def _record(engagement: Engagement, kind: AuditKind, by: Actor, **details: str) -> None:
    """The actor's IP address is recorded only in the trail of an organisation that the actor is a member of."""
    sides = ((engagement.client, engagement.consultancy), (engagement.consultancy, engagement.client))
    for organisation, other in sides:
        is_member = organisation.memberships.filter(user=by.user).exists()
        actor = by if is_member else Actor(by.user)
        record(by=actor, kind=kind, organisation=organisation, subject=other.name, **details)
