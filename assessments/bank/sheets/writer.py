"""An edition as plain tables, for people who work in spreadsheets; `reader` is the way back.

Every cell is text, even if it begins with = + - @ or a tab. Code that writes a file from it must store each cell as
text, never as a formula or number; code that reads a file must pass on what a cell shows (2 for 2.0, 2026-11-21 for a
day, "yes" or "true" for a ticked box) and refuse cells that contain a formula.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.bank.document.writer import Plain, to_plain
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.sheets.cells import MAX_CELL, write_cell
from assessments.bank.sheets.tables import TABLES, Table
from assessments.bank.types import Edition


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are the rows below the header; the first of them is row 2 of the sheet."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_sheets(edition: Edition) -> tuple[Sheet, ...]:
    """Raises DocumentError for texts too long for a cell, ValueError where `write_edition` does."""
    plain = to_plain(edition)
    sheets = tuple(Sheet(table.name, table.header, tuple(_rows(table, plain))) for table in TABLES)
    problems = [problem for sheet in sheets for problem in _too_long(sheet)]
    if problems:
        raise DocumentError(problems)
    return sheets


def _rows(table: Table, plain: Plain) -> Iterator[tuple[str, ...]]:
    for row in table.rows(plain):
        yield tuple(write_cell(kind, row.get(name)) for name, kind in table.columns)


def _too_long(sheet: Sheet) -> Iterator[Problem]:
    for number, row in enumerate(sheet.rows, 2):
        for name, cell in zip(sheet.header, row, strict=True):
            if len(cell) > MAX_CELL:
                message = f"{len(cell)} characters, a spreadsheet cell holds {MAX_CELL}"
                yield Problem(place_of(sheet.name, number, name), message)


def place_of(sheet: str, row: int, column: str = "") -> str:
    """In words; `row` counts from 1, the header."""
    where = f"sheet {sheet}, row {row}"
    return f"{where}, column {column}" if column else where
