"""A consultancy's access to a client: given, changed, ended. Both sides' trails say so."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AccessLevel, AuditKind, Engagement, Organisation, User
from accounts.permissions import Capability
from accounts.queries import active_engagements_of, standing_in
from accounts.services.locks import lock_organisation, lock_organisation_for


class AlreadyEnded(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("This access has ended already."))


def give_access(
    *, consultancy: Organisation, client: Organisation, level: AccessLevel, granted_by: User, by: Actor
) -> Engagement:
    """Who may give it is the caller's to check. Access that goes on is changed to the new level."""
    current = _active(consultancy, client)
    if current:
        _set_level(current, level, by)
        return current
    engagement = Engagement.objects.create(consultancy=consultancy, client=client, level=level, granted_by=granted_by)
    _record(engagement, AuditKind.ACCESS_GRANTED, by, after=level)
    return engagement


@transaction.atomic
def change_access(*, engagement: Engagement, level: AccessLevel, by: Actor) -> None:
    lock_organisation_for(engagement.client_id, by, Capability.MANAGE_ENGAGEMENTS)
    _set_level(_as_it_is(engagement), level, by)


@transaction.atomic
def end_access(*, engagement: Engagement, by: Actor) -> None:
    """By either side; the consultants are out with their next request."""
    lock_organisation(engagement.client_id)
    if not may_end(by.person, engagement):
        raise PermissionDenied
    current = _as_it_is(engagement)
    current.ended_at, current.ended_by = timezone.now(), by.person
    current.save(update_fields=["ended_at", "ended_by"])
    _record(current, AuditKind.ACCESS_ENDED, by, before=current.level)


def may_end(person: User, engagement: Engagement) -> bool:
    at_client, at_home = standing_in(person, engagement.client_id), standing_in(person, engagement.consultancy_id)
    return bool(
        (at_client and at_client.can(Capability.MANAGE_ENGAGEMENTS))
        or (at_home and at_home.can(Capability.LOOK_AFTER_CLIENTS))
    )


def _active(consultancy: Organisation, client: Organisation) -> Engagement | None:
    return active_engagements_of(consultancy).filter(client=client).first()


def _as_it_is(engagement: Engagement) -> Engagement:
    current = Engagement.objects.select_related("consultancy", "client").get(pk=engagement.pk)
    if current.ended_at:
        raise AlreadyEnded
    return current


def _set_level(engagement: Engagement, level: AccessLevel, by: Actor) -> None:
    before = engagement.level
    if before == level:
        return
    engagement.level = level
    engagement.save(update_fields=["level"])
    _record(engagement, AuditKind.ACCESS_CHANGED, by, before=before, after=level)


def _record(engagement: Engagement, kind: AuditKind, by: Actor, **details: str) -> None:
    """Where somebody acted from is told to the people of their own organisation alone."""
    sides = ((engagement.client, engagement.consultancy), (engagement.consultancy, engagement.client))
    for organisation, other in sides:
        belongs = organisation.memberships.filter(user=by.user).exists()
        told = by if belongs else Actor(by.user)
        record(by=told, kind=kind, organisation=organisation, subject=other.name, **details)
