"""The audit trail: every change of access and every download, recorded in the transaction of the change itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AuditEvent, AuditKind, Organisation, User
from accounts.people_data.without_text import FORMER_MEMBER

BATCH = 200


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
    """Add an event. `details` are plain values such as the role before and after; never secrets or answers."""
    event = _event(by, kind, organisation, subject, details)
    event.save(force_insert=True)
    return event


def record_for_all(
    organisations: Iterable[Organisation], *, by: Actor, kind: AuditKind, subject: str = "", **details: str | int
) -> None:
    """Add the same event to each organisation's trail, with a few statements for any number of them."""
    events = [_event(by, kind, organisation, subject, details) for organisation in organisations]
    AuditEvent.objects.bulk_create(events, batch_size=BATCH)


def audit_trail_of(organisation: Organisation) -> QuerySet[AuditEvent]:
    """The organisation's events, newest first."""
    return AuditEvent.objects.filter(organisation=organisation.pk)


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
