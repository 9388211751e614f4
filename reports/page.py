"""What the status page says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zlib import crc32

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Report, ReportState
from reports.queries import UNFINISHED
from reports.queue.places import newest_durations, place_in_line
from reports.queue.remaining import place_words, remaining_words, time_until_made, usual_duration


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`seen` names what this page shows, so that the browser can ask for changes. `percent` counts while waiting.

    `waits` says what is known of the wait, a phrase each: the place in line, and how long it still takes. `facts` are
    pages and size of a finished file, `problem` is why it failed.
    """

    pk: UUID
    assessment: UUID
    seen: str
    heading: str
    waiting: bool
    ready: bool
    failed: bool
    step: str
    percent: int
    waits: tuple[str, ...]
    can_cancel: bool
    facts: str
    problem: str
    can_retry: bool


def report_page(report: Report, *, can_retry: bool, can_cancel: bool, now: datetime) -> ReportPage:
    """Two queries for one that waits, one for one that is being made, none for any other."""
    state = ReportState(report.state)
    waits = wait_words(report, now)
    failed = state is ReportState.FAILED
    return ReportPage(
        pk=report.pk,
        assessment=report.result.assessment_id,
        seen=_seen(report, waits, can_cancel),
        heading=_heading(state),
        waiting=state in (ReportState.QUEUED, ReportState.RENDERING),
        ready=state is ReportState.READY,
        failed=failed,
        step=report.get_step_display(),
        percent=report.progress,
        waits=waits,
        can_cancel=can_cancel,
        facts=f"{report.report_kind.label}, {file_facts(report)}" if report.size else "",
        problem=report.get_error_display() if failed else "",
        can_retry=failed and can_retry,
    )


def wait_words(report: Report, now: datetime) -> tuple[str, ...]:
    """The place in line of a report that waits, and how long it takes, as soon as enough were made to say that."""
    if report.state not in UNFINISHED:
        return ()
    usual = usual_duration(newest_durations(report))
    if report.state == ReportState.RENDERING:
        if usual is None or report.begun_at is None:
            return ()
        return (remaining_words(usual - (now - report.begun_at)),)
    place = place_in_line(report, now)
    if usual is None:
        return (place_words(place.before),)
    left = time_until_made(usual, before=place.before, in_work=place.in_work)
    return place_words(place.before), remaining_words(left)


def _seen(report: Report, waits: tuple[str, ...], can_cancel: bool) -> str:
    """State and progress, and a mark of the rest while it waits."""
    seen = f"{report.state}-{report.progress}"
    if report.state not in UNFINISHED:
        return seen
    return f"{seen}-{crc32(repr((waits, can_cancel)).encode()):08x}"


def _heading(state: ReportState) -> str:
    return {
        ReportState.QUEUED: _("Your report is waiting for its turn"),
        ReportState.RENDERING: _("Your report is being generated"),
        ReportState.READY: _("Your report is ready"),
        ReportState.FAILED: _("Your report could not be generated"),
    }[state]


def file_facts(report: Report) -> str:
    """Format, pages if it has any, and size of a finished file; empty for any other."""
    if report.size is None:
        return ""
    facts = [report.file_format.label, filesizeformat(report.size)]
    if report.pages is not None:
        facts.insert(1, ngettext("%(count)d page", "%(count)d pages", report.pages) % {"count": report.pages})
    return ", ".join(facts)
