"""A portfolio to sort and filter: an Excel workbook of all tables, and the list of clients as CSV."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.formatting.spreadsheets import as_csv
from reports.formats.renderer import RenderedReport
from reports.formats.tables.sheets import ReportSheet, SheetCell, sheet
from reports.formats.tables.workbook import workbook_of
from reports.portfolio.document.types import PortfolioDocument, PortfolioTable

Line = dict[str, SheetCell]


def render_portfolio_xlsx(document: PortfolioDocument) -> RenderedReport:
    sheets = [_about(document), *(_sheet(table) for table in _data_tables(document)), _how_to_read(document)]
    return RenderedReport(workbook_of(document, sheets), pages=None)


def render_portfolio_csv(document: PortfolioDocument) -> RenderedReport:
    """A line for each client, those without a result last. A column that only one bank has is empty for the others."""
    lines = list(_client_lines(document))
    columns = list(dict.fromkeys(column for line in lines for column in line)) or [_("Client")]
    rows: list[list[SheetCell]] = [[*columns], *([line.get(column, "") for column in columns] for line in lines)]
    return RenderedReport(as_csv(rows).encode(), pages=None)


def _data_tables(document: PortfolioDocument) -> Iterator[PortfolioTable]:
    return (table for chapter in document.chapters for table in chapter.tables if table.sheet)


def _sheet(table: PortfolioTable) -> ReportSheet:
    shown = [place for place, column in enumerate(table.columns) if column.letters]
    columns = [(table.columns[place].title, table.columns[place].letters) for place in shown]
    return sheet(table.sheet, columns, ([_data_cell(row[place]) for place in shown] for row in table.rows))


def _data_cell(cell: str | float | None) -> SheetCell:
    return "" if cell is None else cell


def _about(document: PortfolioDocument) -> ReportSheet:
    cover = document.cover
    rows: list[tuple[SheetCell, ...]] = [(cover.title, document.title), (_("Date"), document.created)]
    rows += list(cover.facts)
    for chapter in document.chapters:
        if chapter.counts:
            rows += [(count.name, count.amount) for count in chapter.counts]
            rows += [(chapter.title, note) for note in chapter.notes]
    rows.append((_("Note"), cover.notice))
    if document.brand:
        rows.append((_("Made with"), document.brand.made_with))
    return sheet(_("About"), [(_("What"), 36), (_("Value"), 80)], rows)


def _how_to_read(document: PortfolioDocument) -> ReportSheet:
    return sheet(_("How to read it"), [(_("How to read it"), 110)], ((text,) for text in document.chapters[-1].lead))


def _client_lines(document: PortfolioDocument) -> Iterator[Line]:
    several = len(document.told.banks) > 1
    titles = iter(document.told.banks)
    for chapter in document.chapters:
        for table in chapter.tables:
            if chapter.anchor.startswith("clients"):
                bank = next(titles)
                for line in _lines(table):
                    yield line | {_("Question bank"): bank.title} if several else line
            elif chapter.anchor == "without":
                yield from _lines(table)


def _lines(table: PortfolioTable) -> Iterator[Line]:
    own = _sheet(table)
    for row in own.rows:
        yield {column.title: cell for column, cell in zip(own.columns, row, strict=True)}
