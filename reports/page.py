"""What the status page says."""

from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Report, ReportState


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`seen` names what this page shows, so that the browser can ask for changes. `percent` counts while waiting.

    `facts` are pages and size of a finished file, `problem` is why it failed.
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
    facts: str
    problem: str
    can_retry: bool


def report_page(report: Report, *, can_retry: bool) -> ReportPage:
    state = ReportState(report.state)
    failed = state is ReportState.FAILED
    return ReportPage(
        pk=report.pk,
        assessment=report.result.assessment_id,
        seen=f"{report.state}-{report.progress}",
        heading=_heading(state),
        waiting=state in (ReportState.QUEUED, ReportState.RENDERING),
        ready=state is ReportState.READY,
        failed=failed,
        step=report.get_step_display(),
        percent=report.progress,
        facts=f"{report.report_kind.label}, {file_facts(report)}" if report.size else "",
        problem=report.get_error_display() if failed else "",
        can_retry=failed and can_retry,
    )


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
