"""Which links open, and which of them a person may see."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.permissions import Capability
from accounts.queries import Person, Standing
from reports.models import Report, ShareLink

ORGANISATION = "report__result__assessment__organisation"


def open_links(now: datetime) -> QuerySet[ShareLink]:
    """Those that open: not revoked, not over, and their organisation is not about to be deleted."""
    return ShareLink.objects.filter(
        revoked_at__isnull=True, expires_at__gt=now, **{f"{ORGANISATION}__deletion_due_at": None}
    )


def links_seen_by(person: Person, standing: Standing) -> QuerySet[ShareLink]:
    """Of the organisation of the standing, newest first: an owner sees all, an editor those they made themselves."""
    rows = ShareLink.objects.filter(**{ORGANISATION: standing.organisation})
    if not standing.can(Capability.MANAGE_ORGANISATION):
        rows = rows.filter(created_by=person.pk) if standing.can(Capability.SHARE_REPORT) else rows.none()
    unread = ("report__result__outcome", "report__result__answers", "created_by__password")
    return rows.select_related("report__result__assessment", "created_by").defer(*unread)


def links_to(report: Report, person: Person, standing: Standing) -> QuerySet[ShareLink]:
    """Of one report, as in `links_seen_by`."""
    return links_seen_by(person, standing).filter(report=report)


def ended_before(moment: datetime) -> QuerySet[ShareLink]:
    """Links that were revoked or over before then."""
    return ShareLink.objects.filter(Q(revoked_at__lt=moment) | Q(expires_at__lt=moment))
