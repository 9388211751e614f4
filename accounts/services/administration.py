"""Records what administrators change by hand: in the site's trail, and in that of each organisation concerned."""

from django.core.exceptions import PermissionDenied

from accounts.audit import Actor, record
from accounts.models import AuditKind, Membership, Organisation, User
from accounts.queries import active_engagements_at, active_engagements_of
from accounts.services.locks import person_now

SITE_WIDE = frozenset({"is_staff", "is_superuser", "edits_bank"})
"""Rights that give no access to an organisation, so no organisation's trail records them."""


def record_person_changed(*, person: User, by: Actor, right: str, after: str, before: str = "") -> None:
    """Call this before the person is deleted: afterwards nothing says where they were a member.

    With `right` name, `before` and `after` are empty: what somebody is called stands in no trail.
    """
    trails: list[Organisation | None] = [None]
    if right not in SITE_WIDE:
        trails += [each.organisation for each in person.memberships.select_related("organisation")]
    change = {"right": right, "before": before, "after": after}
    for trail in trails:
        record(by=_by(by, trail), kind=AuditKind.PERSON_CHANGED, organisation=trail, subject=person.email, **change)


def record_member_changed(*, membership: Membership, by: Actor, before: str, after: str) -> None:
    """`before` and `after` are roles; `after` is "removed" when the membership is deleted."""
    organisation, subject = membership.organisation, membership.user.email
    change = {"before": before, "after": after}
    record(
        by=_by(by, organisation), kind=AuditKind.PERSON_CHANGED, organisation=organisation, subject=subject, **change
    )


def record_kind_changed(*, organisation: Organisation, by: Actor, before: str) -> None:
    """A change of access, because only a consultancy can have clients."""
    change = {"before": before, "after": organisation.kind}
    record(by=_by(by, organisation), kind=AuditKind.ACCESS_CHANGED, organisation=organisation, **change)


def record_deletion(*, organisation: Organisation, by: Actor) -> None:
    """Call this before the deletion, which also ends the organisation's engagements: the other sides' trails say so."""
    record(by=by, kind=AuditKind.ORGANISATION_DELETED, organisation=organisation, subject=organisation.name)
    others = [each.client for each in active_engagements_of(organisation)]
    others += [each.consultancy for each in active_engagements_at(organisation)]
    for other in others:
        record(by=_by(by, other), kind=AuditKind.ACCESS_ENDED, organisation=other, subject=organisation.name)


def administrator_now(person: User) -> None:
    """For whoever may have waited: PermissionDenied if the person is no administrator any more."""
    now = person_now(person)
    if not (now.is_staff and now.is_superuser):
        raise PermissionDenied


def _by(by: Actor, organisation: Organisation | None) -> Actor:
    """An administrator's IP address is recorded in the site's own trail only."""
    return Actor(by.user) if organisation else by
