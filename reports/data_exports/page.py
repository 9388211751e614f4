"""What the page of a file with all data says."""

from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import date as in_words
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people_data.own_terms import downloads_kept
from reports.models import DataExport, ReportState


@dataclass(frozen=True, slots=True)
class ExportPage:
    """`seen` names what this page shows, so that the browser can ask for changes."""

    pk: UUID
    seen: str
    heading: str
    waiting: bool
    ready: bool
    facts: str
    problem: str


def export_page(export: DataExport) -> ExportPage:
    state = ReportState(export.state)
    headings = {
        ReportState.QUEUED: _("Your data waits for its turn"),
        ReportState.RENDERING: _("Your data is being put into one file"),
        ReportState.READY: _("Your data is ready"),
        ReportState.FAILED: _("The file could not be made"),
    }
    facts = _("ZIP, %(size)s. Kept until %(day)s.") % {
        "size": filesizeformat(export.size or 0),
        "day": in_words(export.requested_at + downloads_kept(export.organisation_id, timezone.now()), "j F Y"),
    }
    return ExportPage(
        pk=export.pk,
        seen=str(export.state),
        heading=headings[state],
        waiting=state in (ReportState.QUEUED, ReportState.RENDERING),
        ready=state is ReportState.READY,
        facts=facts,
        problem=export.get_error_display() if state is ReportState.FAILED else "",
    )
