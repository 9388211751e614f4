"""The audit trail: every change of access and every download, recorded in the transaction of the change itself.

Nothing in it can be deleted, so what one click adds has a number: a trail of ten thousand lines hides the one that
matters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import AuditEvent, AuditKind, Organisation, User
from accounts.people_data.without_text import FORMER_MEMBER

BATCH = 200
DAY = timedelta(days=1)
SAME_DOWNLOAD_WITHIN = timedelta(minutes=10)
DOWNLOADS = (
    AuditKind.REPORT_DOWNLOADED,
    AuditKind.REPORTS_DOWNLOADED,
    AuditKind.SCORES_EXPORTED,
    AuditKind.DATA_DOWNLOADED,
)
"""The same file to the same person at the same network address is one event in SAME_DOWNLOAD_WITHIN."""
MOST_IN_A_DAY = {
    AuditKind.ORGANISATION_RENAMED: 20,
    AuditKind.DELETION_ASKED: 5,  # each writes to every owner
    AuditKind.TERMS_CHANGED: 20,
    AuditKind.ROLE_CHANGED: 100,
    AuditKind.OWNERSHIP_HANDED_OVER: 20,
    AuditKind.ACCESS_GRANTED: 250,
    AuditKind.ACCESS_CHANGED: 100,
    AuditKind.ASSESSMENT_DELETED: 100,
    AuditKind.CHECK_LINK_MADE: 50,
    AuditKind.CHECK_LINK_REVOKED: 50,
}
"""By one person at one organisation: what can be done and undone without end. Other kinds have the number of what they
are about: invitations, organisations, files. Leaving is never refused."""


class DoneTooOften(ChangeRefused):
    """The person has done the same at this organisation as often as is kept of one day."""

    def __init__(self) -> None:
        super().__init__(
            _("You have changed this very often today. What is saved stays as it is; you can change it tomorrow.")
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from which IP address; without a user it is the site's operator at the command line."""

    user: User | None
    ip_address: str | None = None

    @property
    def person(self) -> User:
        """The user, for changes that only a person can make; ValueError for the operator."""
        if self.user is None:
            raise ValueError("The operator has no rights in an organisation.")
        return self.user


def record(
    *, by: Actor, kind: AuditKind, organisation: Organisation | None = None, subject: str = "", **details: str | int
) -> AuditEvent:
    """Add an event. `details` are plain values such as the role before and after; never secrets or answers.

    The network address is kept where the actor is a member: where a consultant works is none of a client's business.
    The same download once more is the event that is there. Raises DoneTooOften after MOST_IN_A_DAY.
    """
    is_own = organisation is None or _is_own(by, [organisation]) != set()
    event = _event(by if is_own else Actor(by.user), kind, organisation, subject, details)
    if kind in DOWNLOADS and (before := _same_downloads([event])):
        return before[0]
    _refuse_too_many(event)
    event.save(force_insert=True)
    return event


def record_for_all(
    organisations: Iterable[Organisation], *, by: Actor, kind: AuditKind, subject: str = "", **details: str | int
) -> None:
    """Add the same event to each organisation's trail, with a few statements for any number of them.

    The same download once more adds none.
    """
    everywhere = list(organisations)
    own = _is_own(by, everywhere)
    away = Actor(by.user)
    events = [_event(by if each.pk in own else away, kind, each, subject, details) for each in everywhere]
    if kind in DOWNLOADS and events:
        before = {event.organisation for event in _same_downloads(events)}
        events = [event for event in events if event.organisation not in before]
    AuditEvent.objects.bulk_create(events, batch_size=BATCH)


def audit_trail_of(organisation: Organisation) -> QuerySet[AuditEvent]:
    """The organisation's events, newest first."""
    return AuditEvent.objects.filter(organisation=organisation.pk)


def _same_downloads(events: list[AuditEvent]) -> list[AuditEvent]:
    """Those that are there already, of events that differ in nothing but the trail and whether it has the address."""
    first, address = events[0], {event.organisation: event.ip_address for event in events}
    same = AuditEvent.objects.filter(
        kind=first.kind, actor=first.actor, subject=first.subject, at__gt=timezone.now() - SAME_DOWNLOAD_WITHIN
    )
    own = same.filter(organisation__isnull=True) if None in address else same.filter(organisation__in=address)
    return [each for each in own if each.details == first.details and each.ip_address == address[each.organisation]]


def _is_own(by: Actor, organisations: list[Organisation]) -> set[UUID]:
    """The keys of those that the actor is a member of; asked only where there is an address to keep."""
    if by.user is None or by.ip_address is None:
        return set()
    return set(by.user.memberships.filter(organisation__in=organisations).values_list("organisation", flat=True))


def _refuse_too_many(event: AuditEvent) -> None:
    most = MOST_IN_A_DAY.get(AuditKind(event.kind))
    if most is None or event.actor is None or event.organisation is None:
        return
    today = AuditEvent.objects.filter(organisation=event.organisation, at__gt=timezone.now() - DAY)
    if today.filter(actor=event.actor, kind=event.kind).order_by()[:most].count() >= most:
        raise DoneTooOften


def _event(
    by: Actor, kind: AuditKind, organisation: Organisation | None, subject: str, details: dict[str, str | int]
) -> AuditEvent:
    return AuditEvent(
        kind=kind,
        organisation=organisation.pk if organisation else None,
        organisation_name=organisation.name if organisation else "",
        actor=by.user.pk if by.user else None,
        actor_email=_address(by.user),
        subject=subject[:300],
        details=details,
        ip_address=by.ip_address,
    )


def _address(user: User | None) -> str:
    if user is None:
        return ""
    return FORMER_MEMBER if user.erased_at else user.email
