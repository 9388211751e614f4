"""Tables for spreadsheet programs: text and numbers, never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | int | float

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

# Without it, spreadsheet programs take a UTF-8 file for one in an old code page.
_BYTE_ORDER_MARK = "\ufeff"

# What begins with one of these is a formula to some spreadsheet programs, whatever the file says. Where the comma is
# the decimal sign they split lines at semicolons, also within quotes: then a cell begins in the middle of ours.
# The last four are the wide ones of East Asian scripts.
_LIVE = re.compile(r"""(^|[;,|"'])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])""")
_BREAKS = re.compile(r"[\t\r\n]+")


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """What a spreadsheet program opens without running anything in it."""
    target = io.StringIO(newline="")
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return target.getvalue()


def harmless(cell: Cell) -> Cell:
    """On one line, and nowhere the start of a formula; figures stay figures."""
    return _LIVE.sub(r"\1\2'", _BREAKS.sub(" ", cell)) if isinstance(cell, str) else cell
