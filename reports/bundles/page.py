"""What the page of a bundle says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.defaultfilters import date as in_words
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people_data.own_terms import downloads_kept
from reports.bundles.queries import BundleCounts
from reports.models import Bundle, ReportState

REPORTS_PART = 90
"""Share of the work that generating the reports takes, in percent."""


@dataclass(frozen=True, slots=True)
class BundlePage:
    """`seen` names what this page shows, so that the browser can ask for changes."""

    pk: UUID
    consultancy: UUID
    seen: str
    heading: str
    waiting: bool
    ready: bool
    step: str
    percent: int
    facts: str
    missing: str
    problem: str
    closed: str


@dataclass(frozen=True, slots=True)
class BundleLine:
    pk: UUID
    asked_at: datetime
    reports: str
    who: str
    state: str


def bundle_lines(bundles: Iterable[Bundle]) -> list[BundleLine]:
    """Each bundle is annotated with `reports`, their number."""
    return [
        BundleLine(
            pk=bundle.pk,
            asked_at=bundle.requested_at,
            reports=_reports(bundle.reports),  # type: ignore[attr-defined]
            who=str(bundle.requested_by),
            state=bundle.get_state_display(),
        )
        for bundle in bundles
    ]


def bundle_page(bundle: Bundle, counts: BundleCounts, out_of_reach: int = 0) -> BundlePage:
    """`out_of_reach` is how many clients inside the person may no longer see: with any, nobody gets the file."""
    state = ReportState(bundle.state)
    closed = state is ReportState.READY and out_of_reach > 0
    return BundlePage(
        pk=bundle.pk,
        consultancy=bundle.consultancy_id,
        seen=f"{bundle.state}-{counts.settled}-{bundle.progress}",
        heading=_("This file is closed") if closed else _heading(state),
        waiting=state in (ReportState.QUEUED, ReportState.RENDERING),
        ready=state is ReportState.READY and not closed,
        step=_step(state, counts),
        percent=_percent(bundle, counts),
        facts=_facts(bundle, counts),
        missing=_missing(counts) if state is ReportState.READY and counts.missing else "",
        problem=bundle.get_error_display() if state is ReportState.FAILED else "",
        closed=_closed(out_of_reach) if closed else "",
    )


def _closed(out_of_reach: int) -> str:
    return ngettext(
        "It contains the report of %(count)d client that you no longer have access to. Choose the other clients again "
        "to get a new file: existing reports are used again.",
        "It contains the reports of %(count)d clients that you no longer have access to. Choose the other clients "
        "again to get a new file: existing reports are used again.",
        out_of_reach,
    ) % {"count": out_of_reach}


def _heading(state: ReportState) -> str:
    return {
        ReportState.QUEUED: _("The reports are being generated"),
        ReportState.RENDERING: _("The reports are being put into one file"),
        ReportState.READY: _("Your file of reports is ready"),
        ReportState.FAILED: _("The file of reports could not be generated"),
    }[state]


def _step(state: ReportState, counts: BundleCounts) -> str:
    if state is ReportState.RENDERING:
        return _("Putting the reports into one file.")
    return _("%(settled)d of %(reports)d reports are done.") % {"settled": counts.settled, "reports": counts.reports}


def _percent(bundle: Bundle, counts: BundleCounts) -> int:
    reports = REPORTS_PART * counts.settled // counts.reports if counts.reports else REPORTS_PART
    return reports + (100 - REPORTS_PART) * bundle.progress // 100


def _facts(bundle: Bundle, counts: BundleCounts) -> str:
    if bundle.size is None:
        return ""
    inside = counts.reports - counts.missing
    return _("ZIP with %(reports)s and a list of them, %(size)s. Kept until %(day)s.") % {
        "reports": _reports(inside),
        "size": filesizeformat(bundle.size),
        "day": in_words(bundle.requested_at + downloads_kept(bundle.consultancy_id, timezone.now()), "j F Y"),
    }


def _missing(counts: BundleCounts) -> str:
    return ngettext(
        "%(count)d report could not be generated. The list inside says which one and why.",
        "%(count)d reports could not be generated. The list inside says which ones and why.",
        counts.missing,
    ) % {"count": counts.missing}


def _reports(count: int) -> str:
    return ngettext("%(count)d report", "%(count)d reports", count) % {"count": count}
