"""The parts of a portfolio as every format prints them."""

from dataclasses import dataclass
from enum import StrEnum

from reports.document.types import BrandPart, Prose
from reports.kinds.paper import Paper
from reports.portfolio.told.types import PillarSpread, ToldPortfolio

PortfolioCell = str | int | float | None
"""None where there is nothing to say, such as a level that was not assessed."""


class ColumnKind(StrEnum):
    """How a cell is set. A name that people gave, or a topic in our words, says what a row is about; text, numbers, and
    levels 0 to 4 on a ground of their colour say what there is of it.
    """

    NAME = "name"
    TOPIC = "topic"
    TEXT = "text"
    NUMBER = "number"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class PortfolioColumn:
    """`paper` is its width in millimetres, 0 for a column that stands in data files only; `letters` its width in
    characters in a spreadsheet, 0 for one that stands on paper only, because data has it in several columns.
    """

    title: str
    kind: ColumnKind
    paper: int
    letters: int


@dataclass(frozen=True, slots=True)
class PortfolioTable:
    """The first column names the row. `sheet` is its name in data files, of at most 31 characters as spreadsheets
    demand; empty for a table of paper alone, which repeats the first rows of another.

    `turned`: the titles of levels stand upright, because there are many columns.
    """

    title: str
    sheet: str
    columns: tuple[PortfolioColumn, ...]
    rows: tuple[tuple[PortfolioCell, ...], ...]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class PortfolioCount:
    amount: int
    name: str


@dataclass(frozen=True, slots=True)
class PortfolioChapter:
    """`lead` says how to read it, `notes` come after its tables. `levels` are drawn above the tables, with the
    names of the `labels` 0 to 4.
    """

    anchor: str
    title: str
    lead: tuple[str, ...]
    tables: tuple[PortfolioTable, ...]
    notes: tuple[str, ...] = ()
    counts: tuple[PortfolioCount, ...] = ()
    levels: tuple[PillarSpread, ...] = ()
    labels: tuple[str, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class PortfolioCover:
    """`title` is what the file is, `facts` are names and texts below the coloured field."""

    title: str
    subtitle: str
    organisation: Prose
    running: str
    long_name: bool
    date: str
    facts: tuple[tuple[str, str], ...]
    notice: str


@dataclass(frozen=True, slots=True)
class PortfolioDocument:
    """`created` is the day on which it was asked for, so that the same portfolio always makes the same bytes."""

    language: str
    title: str
    created: str
    cover: PortfolioCover
    chapters: tuple[PortfolioChapter, ...]
    brand: BrandPart | None
    paper: Paper
    anonymous: bool
    told: ToldPortfolio
