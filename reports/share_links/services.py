"""What can happen to a link to a report."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.models import AuditKind
from accounts.people_data.terms import kept_for
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from accounts.sign_in.tokens import hash_token
from assessments.errors import ChangeRefused
from reports.models import Report, ReportState, ShareLink
from reports.share_links.queries import ORGANISATION, ended_before, open_links

TERMS = (7, 30, 90, 365)
"""Days for which a link may open."""
MOST_LINKS = 50
"""Open ones of one organisation."""
MOST_LINKS_IN_A_DAY = 100
"""Made for one organisation, revoked or not: each stands in its lists for months."""


@transaction.atomic
def make_share_link(*, report: Report, key: str, days: int, label: str, by: Actor, now: datetime) -> ShareLink:
    """A link to a ready report; the same key again is the same link.

    `days` is one of TERMS, else ValueError. Raises ChangeRefused for a kind that stays inside, for a report that is not
    ready, for a link that ended already, and if the organisation has MOST_LINKS that are open.
    """
    if days not in TERMS:
        raise ValueError(f"A link does not open for {days} days.")
    organisation = lock_organisation_for(report.result.assessment.organisation_id, by, Capability.SHARE_REPORT)
    if not report.report_kind.shareable:
        raise ChangeRefused(
            _("A link opens a statement or an owner’s report. Other reports stay with people who have an account.")
        )
    there = ShareLink.objects.filter(key_hash=hash_token(key), report=report).first()
    if there is not None:
        if there.is_open(now):
            return there
        raise ChangeRefused(_("This link has ended. Make a new one."))
    if not Report.objects.filter(pk=report.pk, state=ReportState.READY).exists():
        raise ChangeRefused(_("The report is not ready yet. Make the link once it is."))
    of_organisation = ShareLink.objects.filter(**{ORGANISATION: organisation})
    if of_organisation.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_LINKS_IN_A_DAY:
        raise ChangeRefused(_("Your organisation has made as many links as it can in a day. Go on tomorrow."))
    if open_links(now).filter(**{ORGANISATION: organisation}).count() >= MOST_LINKS:
        raise ChangeRefused(
            _("You have as many open links as one organisation can have. Revoke one that nobody needs any more.")
        )
    link = ShareLink.objects.create(
        report=report,
        key_hash=hash_token(key),
        label=label,
        created_by=by.person,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    _record(link, AuditKind.SHARE_LINK_MADE, by)
    return link


@transaction.atomic
def revoke_share_link(*, link: ShareLink, by: Actor, now: datetime) -> None:
    """It opens nothing from the next request on. Doing it again changes nothing."""
    lock_organisation_for(link.report.result.assessment.organisation_id, by, Capability.SHARE_REPORT)
    if ShareLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=now):
        _record(link, AuditKind.SHARE_LINK_REVOKED, by)


def count_view(*, link: ShareLink) -> None:
    """One more. Nothing is stored of who looked."""
    ShareLink.objects.filter(pk=link.pk).update(views=F("views") + 1)


def count_download(*, link: ShareLink) -> None:
    """As `count_view`."""
    ShareLink.objects.filter(pk=link.pk).update(downloads=F("downloads") + 1)


def delete_ended_links(now: datetime) -> None:
    """Those that ended so long ago that nobody asks any more who had one."""
    ended_before(now - kept_for("share_links")).delete()


def _record(link: ShareLink, kind: AuditKind, by: Actor) -> None:
    report = link.report
    record(
        by=by,
        kind=kind,
        organisation=report.result.assessment.organisation,
        subject=link.label or report.file_name,
        report=str(report.pk),
        link=str(link.pk),
    )
