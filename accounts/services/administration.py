"""What administrators change by hand is told in the trail of the site, and in that of everybody it concerns."""

from accounts.audit import Actor, record
from accounts.models import AuditKind, Membership, Organisation, User
from accounts.queries import active_engagements_at, active_engagements_of

SITE_WIDE = frozenset({"is_staff", "is_superuser", "edits_bank"})
"""Rights that open no organisation: no organisation is told of them."""


def record_person_changed(*, person: User, by: Actor, right: str, after: str, before: str = "") -> None:
    """To be called before the person is deleted: then nothing says any more where they belonged."""
    places: list[Organisation | None] = [None]
    if right not in SITE_WIDE:
        places += [each.organisation for each in person.memberships.select_related("organisation")]
    for place in places:
        told = {"right": right, "before": before, "after": after}
        record(by=_by(by, place), kind=AuditKind.PERSON_CHANGED, organisation=place, subject=person.email, **told)


def record_member_changed(*, membership: Membership, by: Actor, before: str, after: str) -> None:
    organisation, subject = membership.organisation, membership.user.email
    change = {"before": before, "after": after}
    record(
        by=_by(by, organisation), kind=AuditKind.PERSON_CHANGED, organisation=organisation, subject=subject, **change
    )


def record_kind_changed(*, organisation: Organisation, by: Actor, before: str) -> None:
    """Whether it can look after clients hangs on its kind."""
    change = {"before": before, "after": organisation.kind}
    record(by=_by(by, organisation), kind=AuditKind.ACCESS_CHANGED, organisation=organisation, **change)


def record_deletion(*, organisation: Organisation, by: Actor) -> None:
    """To be called before. With it go its engagements: the other side's trail says so."""
    record(by=by, kind=AuditKind.ORGANISATION_DELETED, organisation=organisation, subject=organisation.name)
    others = [each.client for each in active_engagements_of(organisation)]
    others += [each.consultancy for each in active_engagements_at(organisation)]
    for other in others:
        record(by=_by(by, other), kind=AuditKind.ACCESS_ENDED, organisation=other, subject=organisation.name)


def _by(by: Actor, place: Organisation | None) -> Actor:
    """From where the site's administrators work is told in the site's own trail alone."""
    return Actor(by.user) if place else by
