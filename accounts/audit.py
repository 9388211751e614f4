"""The audit trail: every change of access and every file that leaves, written in the change's own transaction."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AuditEvent, AuditKind, Organisation, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and from which network address; without a person it is the site's operator at the machine."""

    user: User | None
    address: str | None = None

    @property
    def person(self) -> User:
        """Who acts, where only a person can."""
        if self.user is None:
            raise ValueError("The operator has no rights in an organisation.")
        return self.user


def record(
    *, by: Actor, kind: AuditKind, organisation: Organisation | None = None, subject: str = "", **details: str | int
) -> AuditEvent:
    """Add an event. `details` are plain values such as the role before and after; never secrets or answers."""
    return AuditEvent.objects.create(
        kind=kind,
        organisation=organisation.pk if organisation else None,
        organisation_name=organisation.name if organisation else "",
        actor=by.user.pk if by.user else None,
        actor_email=by.user.email if by.user else "",
        subject=subject[:300],
        details=details,
        address=by.address,
    )


def trail_of(organisation: Organisation) -> QuerySet[AuditEvent]:
    """Newest first."""
    return AuditEvent.objects.filter(organisation=organisation.pk)
