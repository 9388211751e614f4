"""A portfolio as PDF/UA-1 and PDF/A-3a, by the renderer of reports."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.document.prose import direction_of
from reports.formats.pdf import AttachedFile, drawable_body, make_from_html
from reports.formats.renderer import RenderedReport
from reports.portfolio.document.types import (
    ColumnKind,
    PortfolioCell,
    PortfolioChapter,
    PortfolioColumn,
    PortfolioDocument,
    PortfolioTable,
)
from reports.portfolio.formats.data_file import render_portfolio_json
from reports.portfolio.formats.spread_chart import spread_chart

TEMPLATE = "reports/pdf/portfolio/document.html"
STYLE = "css/portfolio-report.css"
DATA_NAME = "portfolio.json"
DASH = "–"
"""Where a level was not assessed."""
LONGEST_WORD = 16
"""A longer one is broken anywhere: columns of names are narrow."""


@dataclass(frozen=True, slots=True)
class PaperCell:
    """`css` are its classes; `names_row`: it is what the row is about."""

    text: str
    css: str
    direction: str
    names_row: bool


@dataclass(frozen=True, slots=True)
class PaperColumn:
    title: str
    css: str
    turned: bool


@dataclass(frozen=True, slots=True)
class PaperTable:
    title: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    css: str


@dataclass(frozen=True, slots=True)
class PaperChapter:
    """A chapter with its tables as paper has them; `chart` is empty without levels."""

    part: PortfolioChapter
    chart: SafeString
    tables: tuple[PaperTable, ...]

    @property
    def names_tables(self) -> bool:
        """A single table is named by the chapter."""
        return len(self.tables) > 1


def render_portfolio_pdf(document: PortfolioDocument) -> RenderedReport:
    """The same as data travels inside."""
    content = render_portfolio_json(document).content
    data = AttachedFile(DATA_NAME, _("This portfolio for programs"), content, document.told.day)
    return make_from_html(portfolio_html(document), attached=[data], styles=[STYLE])


def portfolio_html(document: PortfolioDocument) -> str:
    """Well-formed XHTML, with what no font can draw said in words."""
    chapters = [_chapter(chapter) for chapter in document.chapters]
    context = {"portfolio": document, "chapters": chapters}
    return drawable_body(render_to_string(TEMPLATE, context))


def _chapter(chapter: PortfolioChapter) -> PaperChapter:
    chart = spread_chart(chapter.levels, chapter.labels) if chapter.levels else SafeString("")
    return PaperChapter(chapter, chart, tuple(_table(table) for table in chapter.tables))


def _table(table: PortfolioTable) -> PaperTable:
    shown = [place for place, column in enumerate(table.columns) if column.paper]
    columns = [table.columns[place] for place in shown]
    return PaperTable(
        title=table.title,
        columns=tuple(_column(column, table) for column in columns),
        rows=tuple(
            tuple(_cell(column, row[place]) for place, column in zip(shown, columns, strict=True)) for row in table.rows
        ),
        css="turned" if table.turned else "",
    )


def _column(column: PortfolioColumn, table: PortfolioTable) -> PaperColumn:
    return PaperColumn(
        title=column.title,
        css=f"mm-{column.paper} {column.kind.value}",
        turned=table.turned and column.kind is ColumnKind.LEVEL,
    )


def _cell(column: PortfolioColumn, cell: PortfolioCell) -> PaperCell:
    text = DASH if cell is None else str(cell)
    names_row = column.kind in (ColumnKind.NAME, ColumnKind.TOPIC)
    css = " ".join(_classes(column, cell, text))
    return PaperCell(text, css, direction_of(text) if names_row else "ltr", names_row)


def _classes(column: PortfolioColumn, cell: PortfolioCell, text: str) -> Iterator[str]:
    if column.kind is not ColumnKind.TEXT:
        yield column.kind.value
    if column.kind is ColumnKind.LEVEL and cell is not None:
        yield f"at-{cell}"
    if column.kind is ColumnKind.NAME and max(map(len, text.split()), default=0) > LONGEST_WORD:
        yield "unbroken"
