"""From a document to an Excel workbook: text and numbers to sort and filter, never a formula."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from reports.document import ReportDocument
from reports.document.prose import writable
from reports.formats.renderer import ProgressListener, RenderedReport
from reports.formats.tables.sections import sheets_of
from reports.formats.tables.sheets import ReportSheet, SheetCell
from reports.formats.word.look import OfficeDocument, colour_of
from reports.formats.zip_files import repacked
from reports.models import ReportStep

LONGEST_CELL = 32_767
"""What Excel can hold in one cell."""

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
LINE_HEIGHT, HIGHEST_ROW = 15, 409
"""In points; more Excel does not show."""
WIDEST = 260
"""In letters: what a page across holds in print that can still be read. Wider sheets take two, side by side."""


def render_xlsx(document: ReportDocument, listener: ProgressListener | None = None) -> RenderedReport:
    sheets = sheets_of(document)
    if listener is not None:
        listener.show(10, ReportStep.DRAWING)
    return RenderedReport(workbook_of(document, sheets), pages=None)


def workbook_of(document: OfficeDocument, sheets: Sequence[ReportSheet]) -> bytes:
    """These sheets with the look and the properties of the document."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {**OPTIONS, "in_memory": True}) as book:
        book.set_properties(_properties(document))
        text = book.add_format({"text_wrap": True, "valign": "top", "align": "left", "indent": 1})
        figure = book.add_format({"valign": "top"})
        colours = {"bg_color": colour_of(document), "font_color": "#ffffff"}
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "left", "indent": 1, **colours}
        )
        for sheet in sheets:
            _add_sheet(book, sheet, text, figure, head)
    return repacked(target.getvalue())


def _properties(document: OfficeDocument) -> dict[str, object]:
    return {
        "title": document.title[:255],
        "subject": document.cover.title,
        "author": document.brand.name[:255] if document.brand else "Evenkeel",
        "created": datetime.fromisoformat(document.created).replace(tzinfo=UTC),
    }


def _add_sheet(book: xlsxwriter.Workbook, sheet: ReportSheet, text: object, figure: object, head: object) -> None:
    """The head stays in view and on every printed page; each column can be filtered."""
    page = book.add_worksheet(sheet.title)
    page.freeze_panes(1, 0)
    page.set_row(0, 30)
    for column, each in enumerate(sheet.columns):
        page.set_column(column, column, each.width, text)
        page.write_string(0, column, each.title, head)
    for row, cells in enumerate(sheet.rows, start=1):
        page.set_row(row, _height(sheet, cells))
        for column, cell in enumerate(cells):
            _write(page, row, column, cell, text if isinstance(cell, str) else figure)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(A4)
    if sum(column.width for column in sheet.columns) > WIDEST:
        page.fit_to_pages(2, 0)
        page.repeat_columns(0)
    else:
        page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R" + _("Page") + " &P " + _("of") + " &N")


def _height(sheet: ReportSheet, cells: Sequence[SheetCell]) -> int:
    """Room for the longest cell: not every program makes it by itself."""
    longest = max(
        sum(1 + len(line) // column.width for line in str(cell).split("\n"))
        for column, cell in zip(sheet.columns, cells, strict=True)
    )
    return min(HIGHEST_ROW, LINE_HEIGHT * longest)


def _write(page: object, row: int, column: int, cell: SheetCell, look: object) -> None:
    if not isinstance(cell, str):
        page.write_number(row, column, cell, look)  # type: ignore[attr-defined]
    elif cell:
        words = "\n".join(writable(line) for line in cell.split("\n"))
        page.write_string(row, column, words[:LONGEST_CELL], look)  # type: ignore[attr-defined]
