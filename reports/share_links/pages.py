"""What the pages of links say: to the people of the organisation, and to whoever opens one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.paging import ListPage, list_page
from accounts.queries import Person, Standing
from assessments.wording.phrases import date_text
from reports.models import Report, ReportState, ShareLink
from reports.page import file_facts
from reports.share_links.queries import links_seen_by, links_to

ON_ONE_PAGE = 20


@dataclass(frozen=True, slots=True)
class ShareLinkLine:
    """One link in a list. `label` is never empty; `state` says until when it opens, or why it does not."""

    pk: UUID
    label: str
    report: UUID
    report_name: str
    made: str
    state: str
    is_open: bool
    used: str


@dataclass(frozen=True, slots=True)
class SharedReportPage:
    """What somebody with a link is told. Without `available` there is no file; `coming` says that one is on its way."""

    organisation: str
    kind: str
    day: str
    facts: str
    until: str
    available: bool
    coming: bool


def report_links_page(
    report: Report, person: Person, standing: Standing, query: QueryDict, now: datetime
) -> ListPage[ShareLinkLine]:
    """The links to one report that this person may see, newest first."""
    return _lines(list_page(links_to(report, person, standing), query, size=ON_ONE_PAGE), now)


def organisation_links_page(
    person: Person, standing: Standing, query: QueryDict, now: datetime
) -> ListPage[ShareLinkLine]:
    """The same for all reports of an organisation."""
    return _lines(list_page(links_seen_by(person, standing), query, size=ON_ONE_PAGE), now)


def shared_report_page(link: ShareLink) -> SharedReportPage:
    """Of an open link."""
    report = link.report
    state = ReportState(report.state)
    return SharedReportPage(
        organisation=report.result.assessment.organisation.name,
        kind=str(report.report_kind.label),
        day=date_text(timezone.localdate(report.result.finished_at)),
        facts=file_facts(report),
        until=date_text(timezone.localdate(link.expires_at)),
        available=state is ReportState.READY,
        coming=state in (ReportState.QUEUED, ReportState.RENDERING),
    )


def report_title(report: Report) -> str:
    """ "Owner’s report of 3 May 2026" """
    day = date_text(timezone.localdate(report.result.finished_at))
    return _("%(kind)s of %(day)s") % {"kind": report.report_kind.label, "day": day}


def _lines(page: ListPage[ShareLink], now: datetime) -> ListPage[ShareLinkLine]:
    return replace(page, rows=_link_lines(page.rows, now))  # type: ignore[arg-type,return-value]


def _link_lines(links: Sequence[ShareLink], now: datetime) -> list[ShareLinkLine]:
    return [
        ShareLinkLine(
            pk=link.pk,
            label=link.label or _("Nobody named"),
            report=link.report_id,
            report_name=report_title(link.report),
            made=_made(link),
            state=_state(link, now),
            is_open=link.is_open(now),
            used=_used(link),
        )
        for link in links
    ]


def _made(link: ShareLink) -> str:
    by = _("former member") if link.created_by.erased_at else str(link.created_by)
    return _("%(day)s by %(person)s") % {"day": date_text(timezone.localdate(link.created_at)), "person": by}


def _state(link: ShareLink, now: datetime) -> str:
    if link.revoked_at is not None:
        words, moment = _("Revoked on %(day)s"), link.revoked_at
    else:
        words = _("Opens until %(day)s") if link.is_open(now) else _("Ended on %(day)s")
        moment = link.expires_at
    return words % {"day": date_text(timezone.localdate(moment))}


def _used(link: ShareLink) -> str:
    opened = ngettext("Opened %(count)d time", "Opened %(count)d times", link.views) % {"count": link.views}
    taken = ngettext("downloaded %(count)d time", "downloaded %(count)d times", link.downloads)
    return f"{opened}, {taken % {'count': link.downloads}}"
