"""Which renderer makes a portfolio of a format. Every format of reports has one."""

from typing import Protocol

from django.utils.module_loading import import_string

from reports.formats.registry import CSV_TABLE, EXCEL, JSON_DATA, PDF, WORD, ReportFormat
from reports.formats.renderer import RenderedReport
from reports.portfolio.document.types import PortfolioDocument

ROOM = "reports.portfolio.formats"
PORTFOLIO_RENDERERS = {
    PDF.code: f"{ROOM}.pdf.render_portfolio_pdf",
    WORD.code: f"{ROOM}.word.render_portfolio_docx",
    EXCEL.code: f"{ROOM}.tables.render_portfolio_xlsx",
    CSV_TABLE.code: f"{ROOM}.tables.render_portfolio_csv",
    JSON_DATA.code: f"{ROOM}.data_file.render_portfolio_json",
}


class PortfolioRenderer(Protocol):
    """From what a portfolio says to a file, in the language that is active."""

    def __call__(self, document: PortfolioDocument) -> RenderedReport: ...


def portfolio_renderer(report_format: ReportFormat) -> PortfolioRenderer:
    """Loads it on first use."""
    renderer: PortfolioRenderer = import_string(PORTFOLIO_RENDERERS[report_format.code])
    return renderer
