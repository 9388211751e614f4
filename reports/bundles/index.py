"""The list inside a bundle: what there is for each client, and what is missing."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from assessments.editions.stored import edition_of
from assessments.formatting.spreadsheets import as_csv
from assessments.models import ResultSummary
from assessments.results.summaries import ranges_of
from reports.models import BundleItem, ReportState

Line = Mapping[str, str | int]


def line_of(item: BundleItem, file: str) -> Line:
    """One client's line by column; `file` is the name inside, empty if there is none."""
    line: dict[str, str | int] = {_("Client"): item.client_name, _("File"): file}
    report = item.report
    if report is None:
        return line | {_("State"): _("Deleted")}
    result = report.result
    summary: ResultSummary = getattr(result, "summary")  # noqa: B009 (mypy knows it or not, as its cache has it)
    ranges = ranges_of(summary)
    line[_("Finished on")] = result.finished_at.date().isoformat()
    for pillar in edition_of(result.assessment.edition).pillars:
        low, high = map(str, ranges[pillar.code]) if pillar.code in ranges else ("", "")
        line[_("%(pillar)s, level") % {"pillar": pillar.name}] = low
        line[_("%(pillar)s, could be up to") % {"pillar": pillar.name}] = high
    if report.file_format.paged:
        line[_("Pages")] = report.pages or ""
    return line | {
        _("Urgent gaps"): summary.closed_gates,
        _("SHA-256"): report.sha256,
        _("State"): report.get_error_display() if report.state == ReportState.FAILED else report.get_state_display(),
    }


def index_of(lines: Iterable[Line]) -> bytes:
    """As a CSV file. The state is the last column."""
    lines = list(lines)
    columns = list(dict.fromkeys(column for line in lines for column in line))
    columns.sort(key=lambda column: column == _("State"))
    return as_csv([columns, *([line.get(column, "") for column in columns] for line in lines)]).encode()
