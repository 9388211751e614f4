"""Which formats there are. A new one is a renderer, an entry here and a migration of the models' constraints."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """`code` is what a report's row says, `label` what a person reads, `suffix` has its dot. `offer` says in plain
    words what it is good for, where somebody chooses.

    `paged` says that its files have pages to count. `renderer` is the dotted path of a `Renderer`, loaded by the
    first report that needs it: some of them import slowly.
    """

    code: str
    label: str
    suffix: str
    media_type: str
    paged: bool
    renderer: str
    offer: str | Promise = ""


class UnknownReportFormat(LookupError):
    """No format has this code."""


PDF = ReportFormat(
    "pdf",
    "PDF",
    ".pdf",
    "application/pdf",
    paged=True,
    renderer="reports.formats.pdf.render_pdf",
    offer=_("PDF, to print and send"),
)
WORD = ReportFormat(
    "docx",
    "Word",
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    paged=False,
    renderer="reports.formats.word.render.render_docx",
    offer=_("Word, to edit"),
)
EXCEL = ReportFormat(
    "xlsx",
    "Excel",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    paged=False,
    renderer="reports.formats.tables.workbook.render_xlsx",
    offer=_("Excel, to sort and filter"),
)
CSV_TABLE = ReportFormat(
    "csv",
    "CSV",
    ".csv",
    "text/csv; charset=utf-8",
    paged=False,
    renderer="reports.formats.tables.csv_file.render_csv",
    offer=_("CSV, one table for any program"),
)
JSON_DATA = ReportFormat(
    "json",
    "JSON",
    ".json",
    "application/json",
    paged=False,
    renderer="reports.formats.data_file.render.render_json",
    offer=_("JSON, for programs"),
)
REPORT_FORMATS = {each.code: each for each in (PDF, WORD, EXCEL, CSV_TABLE, JSON_DATA)}


def format_of(code: str) -> ReportFormat:
    """Raises UnknownReportFormat."""
    try:
        return REPORT_FORMATS[code]
    except KeyError:
        raise UnknownReportFormat(code) from None
