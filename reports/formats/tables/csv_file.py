"""From a document to one table as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it."""

from assessments.formatting.spreadsheets import as_csv
from reports.document import ReportDocument
from reports.formats.renderer import ProgressListener, RenderedReport
from reports.formats.tables.sections import main_sheet
from reports.models import ReportStep


def render_csv(document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport:
    """Of the table that its kind is about; in the workings these are the answers."""
    if listener is not None:
        listener.show(50, ReportStep.DRAWING)
    sheet = main_sheet(document)
    rows = [[column.title for column in sheet.columns], *sheet.rows]
    return RenderedReport(as_csv(rows).encode(), pages=None)
