"""Which formats there are. A new one is a renderer, an entry here and a migration of the models' constraints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """`code` is what a report's row says, `label` what a person reads, `suffix` has its dot.

    `paged` says that its files have pages to count. `renderer` is the dotted path of a `Renderer`, loaded by the
    first report that needs it: some of them import slowly.
    """

    code: str
    label: str
    suffix: str
    media_type: str
    paged: bool
    renderer: str


class UnknownReportFormat(LookupError):
    """No format has this code."""


PDF = ReportFormat("pdf", "PDF", ".pdf", "application/pdf", paged=True, renderer="reports.formats.pdf.render_pdf")
REPORT_FORMATS = {each.code: each for each in (PDF,)}


def format_of(code: str) -> ReportFormat:
    """Raises UnknownReportFormat."""
    try:
        return REPORT_FORMATS[code]
    except KeyError:
        raise UnknownReportFormat(code) from None
