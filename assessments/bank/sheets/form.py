"""The outer form of a spreadsheet: which sheets and columns there are, and the rows as cells by column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from assessments.bank.document.nodes import mark_at
from assessments.bank.document.yaml_parts import MAX_BYTES
from assessments.bank.errors import Problem
from assessments.bank.sheets.about import ABOUT
from assessments.bank.sheets.tables import TABLES, Table
from assessments.bank.sheets.writer import Sheet, place_of

TABLE_OF = {table.name: table for table in TABLES}
_NEW_NAMES = {table.old_name: table.name for table in TABLES if table.old_name}


@dataclass(frozen=True)
class SheetRow:
    """The cells with something in them, by column."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    @property
    def mark(self) -> yaml.Mark:
        return mark_at(self.sheet, self.number)

    def mark_of(self, column: str) -> yaml.Mark:
        return mark_at(f"{self.sheet}, column {column}", self.number)


def under_present_names(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Spreadsheets made before edition 2026.2 call some sheets otherwise."""
    names = {sheet.name for sheet in sheets}
    return tuple(
        replace(sheet, name=new) if (new := _NEW_NAMES.get(sheet.name, "")) and new not in names else sheet
        for sheet in sheets
    )


def form_problems(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """What forbids reading the rows at all.

    All sheets and columns must be there, so that a forgotten one deletes nothing in silence. Only a spreadsheet without
    any of the sheets that a release brought is taken to be older; then what it brought may be missing.
    """
    cells = (cell for sheet in sheets for row in (sheet.header, *sheet.rows) for cell in row)
    if sum(len(cell.encode(errors="replace")) for cell in cells) > MAX_BYTES:
        yield Problem("", f"the sheets hold more than {MAX_BYTES // 1_000_000} MB of text")
        return
    names = [sheet.name for sheet in sheets]
    made_by = max((TABLE_OF[name].since for name in names if name in TABLE_OF), default=0)
    missing = (name for name, table in TABLE_OF.items() if name not in names and table.since <= made_by)
    yield from (Problem(f"sheet {name}", "is missing") for name in missing)
    yield from _sheet_problems(sheets, made_by)


def _sheet_problems(sheets: Sequence[Sheet], made_by: int) -> Iterator[Problem]:
    """`made_by` is the release that made the spreadsheet."""
    names = [sheet.name for sheet in sheets]
    for sheet in sheets:
        if names.count(sheet.name) > 1:
            yield Problem(f"sheet {sheet.name}", "appears twice")
        elif sheet.name in TABLE_OF:
            yield from _header_problems(sheet, TABLE_OF[sheet.name], made_by)
        elif sheet.name != ABOUT:
            yield Problem(f"sheet {sheet.name}", f"is unknown, the known ones are {', '.join(TABLE_OF)}")


def rows_by_sheet(sheets: Sequence[Sheet]) -> dict[str, list[SheetRow]]:
    """Of every known sheet, those with something in them."""
    return {name: [] for name in (*TABLE_OF, ABOUT)} | {sheet.name: _rows(sheet) for sheet in sheets}


def _header_problems(sheet: Sheet, table: Table, made_by: int) -> Iterator[Problem]:
    header = _header(sheet)
    place = place_of(sheet.name, 1)
    for name in table.header:
        if header.count(name) > 1:
            yield Problem(f"{place}, column {name}", "appears twice")
        elif name not in header and table.later.get(name, 0) <= made_by:
            yield Problem(f"{place}, column {name}", "is missing")
    unknown = (name for name in header if name and name not in table.header)
    yield from (Problem(f"{place}, column {name}", "is unknown") for name in unknown)
    yield from _nameless_cells(sheet, header)


def _nameless_cells(sheet: Sheet, header: Sequence[str]) -> Iterator[Problem]:
    for number, row in enumerate(sheet.rows, 2):
        if any(cell.strip() and not name for cell, name in _with_columns(row, header)):
            yield Problem(place_of(sheet.name, number), "a cell is in a column without a name")


def _header(sheet: Sheet) -> list[str]:
    return [name.strip().casefold() for name in sheet.header]


def _with_columns(row: Sequence[str], header: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, cell in enumerate(row):
        yield cell, header[number] if number < len(header) else ""


def _rows(sheet: Sheet) -> list[SheetRow]:
    header = _header(sheet)
    found = []
    for number, row in enumerate(sheet.rows, 2):
        cells = {name: cell for cell, name in _with_columns(row, header) if name and cell.strip()}
        if cells:
            found.append(SheetRow(sheet.name, number, cells))
    return found
