"""Tables for spreadsheet programs: text and numbers, never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter

Cell = str | int | float

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

# Without it, spreadsheet programs take a UTF-8 file for one in an old code page.
_BYTE_ORDER_MARK = "\ufeff"

# Some spreadsheet programs treat a cell that begins with one of these as a formula, whatever the file says. Where the
# comma is the decimal separator they split lines at semicolons, even within quotes, so that a cell begins in the
# middle of ours. The last four are the full-width characters of East Asian scripts.
_LIVE = re.compile(r"""(^|[;,|"'])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])""")
_BREAKS = re.compile(r"[\t\r\n]+")


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """A file that a spreadsheet program opens without running anything in it."""
    target = io.StringIO(newline="")
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return target.getvalue()


def harmless(cell: Cell) -> Cell:
    """Text on one line that nowhere begins a formula; numbers stay numbers."""
    return _LIVE.sub(r"\1\2'", _BREAKS.sub(" ", cell)) if isinstance(cell, str) else cell


def xlsx_sheet(title: str, rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> bytes:
    """A workbook with one sheet, whose first row stays in view; `widths` are those of the first columns, in letters."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        page, head = book.add_worksheet(title), book.add_format({"bold": True})
        page.freeze_panes(1, 1)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, cell, head if number == 0 else None)
                else:
                    page.write_number(number, column, cell)
    return target.getvalue()
