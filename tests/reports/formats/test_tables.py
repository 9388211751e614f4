"""Excel and CSV files: tables that can be sorted and filtered, in which nothing runs."""

import csv
import io
import re
from datetime import date

import pytest

from assessments.bank.types import Edition
from reports.document import ReportDocument, build
from reports.document.prose import writable
from reports.formats.tables.csv_file import render_csv
from reports.formats.tables.sections import sheets_of
from reports.formats.tables.workbook import HIGHEST_ROW, LONGEST_CELL, WIDEST, render_xlsx
from reports.kinds.registry import EVIDENCE, OWNER, PLAN, REPORT_KINDS, STATEMENT
from tests.reports.formats.reading import csv_rows, part, table, workbook, workbook_text
from tests.reports.formats.samples import LONG_NOTE, NASTY, nasty_document
from tests.reports.samples import mixed, stress

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def document(edition: Edition) -> ReportDocument:
    return build(stress(edition))


@pytest.fixture(scope="module")
def made(document: ReportDocument) -> bytes:
    return render_xlsx(document).content


def test_there_is_a_sheet_for_each_part(made: bytes) -> None:
    names = workbook(made).sheetnames
    assert {"Summary", "Answers", "Sums", "Plan", "Duties", "Laws"} <= set(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


@pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)
def test_sheets_come_in_the_order_of_the_sections(edition: Edition, kind: object) -> None:
    document = build(stress(edition), kind)  # type: ignore[arg-type]
    assert workbook(render_xlsx(document).content).sheetnames == [each.title for each in sheets_of(document)]


def test_heads_stay_in_view_and_every_column_can_be_filtered(made: bytes) -> None:
    for page in workbook(made):
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page.print_title_rows == "$1:$1"
        assert all(cell.value and cell.font.bold for cell in page[1])


def test_every_column_has_a_width_of_its_own(document: ReportDocument, made: bytes) -> None:
    for number, sheet in enumerate(sheets_of(document), start=1):
        widths: dict[int, int] = {}
        for each in part(made, f"xl/worksheets/sheet{number}.xml").iter(f"{SHEET}col"):
            first, last = int(each.get("min", "")), int(each.get("max", ""))
            widths |= {column: round(float(each.get("width", ""))) for column in range(first, last + 1)}
        assert list(widths) == list(range(1, len(sheet.columns) + 1))
        assert list(widths.values()) == pytest.approx([column.width for column in sheet.columns], abs=1)


def test_a_wide_sheet_takes_two_pages_side_by_side_in_print(document: ReportDocument, made: bytes) -> None:
    """What each row is about stands on both."""
    wide = {sheet.title for sheet in sheets_of(document) if sum(column.width for column in sheet.columns) > WIDEST}
    book = workbook(made)
    assert {"Plan"} <= wide < set(book.sheetnames)
    for page in book:
        assert page.page_setup.fitToWidth in ((2,) if page.title in wide else (1, None))
        assert (page.print_title_cols == "$A:$A") is (page.title in wide)


def test_texts_keep_away_from_the_next_column(made: bytes) -> None:
    cells = [
        cell for page in workbook(made) for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None
    ]
    assert {cell.alignment.indent for cell in cells if isinstance(cell.value, str)} == {1}
    assert {cell.alignment.indent for cell in cells if not isinstance(cell.value, str)} == {0}


def test_rows_are_high_enough_to_be_read(edition: Edition) -> None:
    page = workbook(render_xlsx(nasty_document(edition)).content)["Answers"]
    heights = {page.cell(row, 2).value: page.row_dimensions[row].height for row in range(2, page.max_row + 1)}
    assert heights["ACCESS-02"] == pytest.approx(HIGHEST_ROW, abs=1)
    assert min(heights.values()) >= 15


def test_no_cell_is_a_formula_or_a_link(edition: Edition) -> None:
    content = render_xlsx(nasty_document(edition)).content
    for number, page in enumerate(workbook(content), start=1):
        sheet = part(content, f"xl/worksheets/sheet{number}.xml")
        assert list(sheet.iter(f"{SHEET}f")) == []
        assert list(sheet.iter(f"{SHEET}hyperlink")) == []
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_every_typed_text_arrives_as_it_was_typed(edition: Edition) -> None:
    text = workbook_text(render_xlsx(nasty_document(edition)).content)
    assert [each for each in NASTY if writable(each) not in text] == []
    assert LONG_NOTE in text


def test_a_cell_holds_no_more_than_excel_can(document: ReportDocument) -> None:
    longest = max(len(str(cell)) for sheet in sheets_of(document) for row in sheet.rows for cell in row)
    assert longest < LONGEST_CELL


def test_numbers_are_numbers(made: bytes) -> None:
    plan = table(workbook(made)["Plan"])
    assert [row["No."] for row in plan if row["No."]] == list(range(1, 1 + sum(1 for row in plan if row["No."])))
    assert {type(row["Level"]) for row in table(workbook(made)["Answers"])} <= {int, type(None)}


def test_properties_say_what_it_is_and_the_day_of_the_result(document: ReportDocument, made: bytes) -> None:
    properties = workbook(made).properties
    assert (properties.title, properties.creator) == (document.title, "Evenkeel")
    assert properties.created is not None
    assert properties.created.date() == date.fromisoformat(document.created)


def test_a_csv_file_is_one_table_by_the_standard(document: ReportDocument) -> None:
    """RFC 4180: lines end with CRLF, each has as many fields as the head. The mark tells Excel that it is UTF-8."""
    content = render_csv(document).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert lines[0][:5] == ["Domain", "Question", "Asks", "Level", "Target"]


def test_no_cell_of_a_csv_file_begins_a_formula(edition: Edition) -> None:
    rows = csv_rows(render_csv(nasty_document(edition)).content)
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@]", cell)] == []
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert any("Line 80 of a long note" in cell for cell in cells)


@pytest.mark.parametrize(
    ("kind", "column"), [(OWNER, "What to do"), (PLAN, "Step"), (EVIDENCE, "Shown by"), (STATEMENT, "Figure")]
)
def test_other_kinds_give_the_table_that_they_are_about(edition: Edition, kind: object, column: str) -> None:
    rows = csv_rows(render_csv(build(mixed(edition), kind)).content)  # type: ignore[arg-type]
    assert any(row[column] for row in rows)
