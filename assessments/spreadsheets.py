"""Tables for spreadsheet programs: text and numbers, never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

# Without it, spreadsheet programs take a UTF-8 file for one in an old code page.
_BYTE_ORDER_MARK = "\ufeff"

# A cell that begins with one of these is a formula to some spreadsheet programs, whatever the file says.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """What a spreadsheet program opens without running anything in it."""
    target = io.StringIO(newline="")
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return target.getvalue()


def harmless(cell: Cell) -> Cell:
    """Never the start of a formula; figures stay figures."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_LIVE) else cell
