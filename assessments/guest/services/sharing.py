"""A guest shows a finished quick check to the consultancy behind the link, or takes it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.models import AuditEvent, AuditKind
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from assessments.errors import ChangeRefused
from assessments.models import CheckLink, GuestCheck, SharedCheck

MOST_SHARED_IN_A_DAY = 200
"""With one consultancy, what was taken back included: more than a campaign brings, few enough to delete by hand. Each
stands in its trail for good."""
BY_A_GUEST = Actor(None)
"""Nobody's account, and no network address: the trail says that a guest did it."""


@dataclass(frozen=True, slots=True)
class SharedBy:
    """What a guest says of the business. Without `email` and `phone` nobody can get in touch."""

    business: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def share_check(*, check: GuestCheck, link: CheckLink, by: SharedBy, now: datetime) -> SharedCheck:
    """A copy for the consultancy. The caller holds the lock on `check`, so of two clicks one counts.

    Raises ChangeRefused after MOST_SHARED_IN_A_DAY.
    """
    if check.shared is not None:
        return check.shared
    consultancy = link.consultancy
    today = AuditEvent.objects.filter(
        organisation=consultancy.pk, kind=AuditKind.CHECK_SHARED, at__gt=now - timedelta(days=1)
    )
    if today.count() >= MOST_SHARED_IN_A_DAY:
        raise ChangeRefused(_("Too much was shared with this consultancy today. Please try again tomorrow."))
    shared = SharedCheck.objects.create(
        consultancy=consultancy,
        link=link,
        edition=check.edition,
        business=by.business,
        email=by.email.lower(),
        phone=by.phone,
        facts=check.facts,
        answers=check.answers,
        shared_at=now,
    )
    check.shared = shared
    check.save(update_fields=["shared"])
    record(by=BY_A_GUEST, kind=AuditKind.CHECK_SHARED, organisation=consultancy, subject=link.name)
    return shared


@transaction.atomic
def take_back_check(*, check: GuestCheck) -> None:
    """Deletes what the consultancy sees of it. Nothing happens where nothing is shared."""
    shared = check.shared
    if shared is None:
        return
    record(
        by=BY_A_GUEST,
        kind=AuditKind.CHECK_TAKEN_BACK,
        organisation=shared.consultancy,
        subject=shared.link.name if shared.link else "",
    )
    shared.delete()
    check.shared = None


@transaction.atomic
def delete_shared_check(*, shared: SharedCheck, by: Actor) -> None:
    """The consultancy deletes what a guest shared. Doing it again changes nothing."""
    consultancy = lock_organisation_for(shared.consultancy_id, by, Capability.LOOK_AFTER_CLIENTS)
    deleted, _by_model = SharedCheck.objects.filter(pk=shared.pk).delete()
    if deleted:
        record(by=by, kind=AuditKind.SHARED_CHECK_DELETED, organisation=consultancy)
