"""The links by which a consultancy hands out the quick check."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.models import AuditKind, Organisation
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from accounts.sign_in.tokens import new_token
from assessments.errors import ChangeRefused
from assessments.guest.queries import live_links
from assessments.models import CheckLink

MOST_LINKS = 50
"""Live ones of one consultancy."""


@transaction.atomic
def make_check_link(
    *, consultancy: Organisation, name: str, ends_on: date | None, by: Actor, now: datetime
) -> CheckLink:
    """A new link. Raises ChangeRefused if the consultancy has MOST_LINKS that are live."""
    consultancy = lock_organisation_for(consultancy.pk, by, Capability.LOOK_AFTER_CLIENTS)
    if live_links(now.date()).filter(consultancy=consultancy).count() >= MOST_LINKS:
        raise ChangeRefused(_("You have as many links as one consultancy can have. Revoke one that you do not need."))
    link = CheckLink.objects.create(
        consultancy=consultancy, name=name, key=new_token(), ends_on=ends_on, created_by=by.person, created_at=now
    )
    record(by=by, kind=AuditKind.CHECK_LINK_MADE, organisation=consultancy, subject=name)
    return link


@transaction.atomic
def revoke_check_link(*, link: CheckLink, by: Actor, now: datetime) -> None:
    """It opens nothing any more, at once. Doing it again changes nothing."""
    lock_organisation_for(link.consultancy_id, by, Capability.LOOK_AFTER_CLIENTS)
    if CheckLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=now):
        record(by=by, kind=AuditKind.CHECK_LINK_REVOKED, organisation=link.consultancy, subject=link.name)
