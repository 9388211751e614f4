"""A portfolio as a Word file: the chapters of the paper, in their order."""

from itertools import count

from django.utils.translation import gettext as _

from reports.document.prose import prose
from reports.formats.renderer import RenderedReport
from reports.formats.word.body import Body, Cell, Column
from reports.formats.word.chapters.back import add_closing
from reports.formats.word.chapters.front import add_look
from reports.formats.word.package import bytes_of, empty_document
from reports.formats.word.spans import Span, muted, strong, typed
from reports.portfolio.document.types import (
    ColumnKind,
    PortfolioCell,
    PortfolioChapter,
    PortfolioColumn,
    PortfolioDocument,
    PortfolioTable,
)

DASH = "–"
"""Where a level was not assessed."""


def render_portfolio_docx(document: PortfolioDocument) -> RenderedReport:
    word = empty_document(document)
    body = Body(word)
    _add_cover(document, body)
    for chapter in document.chapters:
        _add_chapter(chapter, body)
    add_closing(document, body)
    body.finish()
    return RenderedReport(bytes_of(word), pages=None)


def _add_cover(document: PortfolioDocument, body: Body) -> None:
    cover = document.cover
    add_look(document, body, style="CoverBrand")
    body.paragraph(cover.title, style="CoverKind")
    body.paragraph(cover.subtitle, style="Subtitle")
    body.paragraph(typed(cover.organisation), style="Title", direction=cover.organisation.direction)
    body.paragraph(cover.date, style="CoverDate")
    for name, text in cover.facts:
        body.paragraph(muted(name), text, style="CoverFact")
    if brand := document.brand:
        body.paragraph(muted(_("Made by")), brand.name, style="CoverFact")
        body.paragraph(typed(brand.contact), style="CoverFact", direction=brand.contact.direction)
    body.paragraph(cover.notice, style="CoverNotice")
    body.page_break()


def _add_chapter(chapter: PortfolioChapter, body: Body) -> None:
    body.heading(1, chapter.title, chapter.anchor)
    if chapter.counts:
        body.paragraph(" · ".join(f"{each.amount} {each.name}" for each in chapter.counts), style="Lead")
    for text in chapter.lead:
        body.paragraph(text)
    for table in chapter.tables:
        if len(chapter.tables) > 1:
            body.heading(2, table.title)
        _add_table(table, body)
    for note in chapter.notes:
        body.paragraph(note)


def _add_table(table: PortfolioTable, body: Body) -> None:
    shown = [place for place, column in enumerate(table.columns) if column.paper]
    columns = [table.columns[place] for place in shown]
    rows = ([_cell(column, row[place]) for place, column in zip(shown, columns, strict=True)] for row in table.rows)
    body.table(_columns(table, columns, body), rows, table.title)


def _columns(table: PortfolioTable, columns: list[PortfolioColumn], body: Body) -> list[Column]:
    """Titles of many narrow columns become numbers, with a list of what they mean above the table."""
    if not table.turned:
        return [Column(column.title, column.paper) for column in columns]
    numbers = count(1)
    named = [(str(next(numbers)), column) for column in columns[1:]]
    body.paragraph("; ".join(f"{number} {column.title}" for number, column in named) + ".", style="Small")
    return [Column(columns[0].title, columns[0].paper), *(Column(number, column.paper) for number, column in named)]


def _cell(column: PortfolioColumn, cell: PortfolioCell) -> Cell:
    if cell is None:
        return DASH
    if column.kind is ColumnKind.NAME:
        return Span("\n".join(prose(str(cell)).lines), style="Strong", typed=True)
    return strong(str(cell)) if column.kind is ColumnKind.NUMBER else str(cell)
