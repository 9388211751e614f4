"""What a table is, and the cells that many of them have."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.document.types import Prose

SheetCell = str | int | float


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`width` in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One thing a row. `title` has at most 31 characters, as spreadsheet programs demand."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[SheetCell, ...], ...]


def sheet(title: str, columns: Iterable[tuple[str, int]], rows: Iterable[Iterable[SheetCell]]) -> ReportSheet:
    """`columns` are titles and widths."""
    return ReportSheet(title, tuple(SheetColumn(*each) for each in columns), tuple(tuple(row) for row in rows))


def lines(*texts: str) -> str:
    """Those that say something, one below the other."""
    return "\n".join(text for text in texts if text)


def sentences(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def prose_lines(text: Prose) -> str:
    return "\n".join(text.lines)


def number(figure: str) -> SheetCell:
    """A figure as a number that can be sorted and charted; empty where there is none."""
    return float(figure) if figure else ""


def level_cell(level: int | None) -> SheetCell:
    return "" if level is None else level
