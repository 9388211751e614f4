"""The table of scores as files: the same content, nothing live, any name."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from accounts.models import Organisation
from assessments.desk.export import as_xlsx, lines_of, table
from assessments.desk.queries import DeskFilter, filter_clients
from assessments.formatting.spreadsheets import as_csv
from tests.desk.clients import client_of, noted
from tests.runs import finished_run

DAY = date(2026, 11, 22)


@pytest.fixture
def rows(consultancy: Organisation) -> list[list[str | int | float]]:
    first = noted(client_of(consultancy, "Zoë's Bäckerei, “Ost”"), "retail", on=DAY)
    finished_run(first.client, levels=2)
    client_of(consultancy, "=cmd|'/c calc'!A1")
    engagements = list(filter_clients(consultancy, DeskFilter()).order_by("pk"))
    return list(table(lines_of(engagements, DAY)))


@pytest.mark.django_db
def test_one_row_for_each_client_under_the_header(rows: list[list[str | int | float]]) -> None:
    assert [row[0] for row in rows] == ["Client", "Zoë's Bäckerei, “Ost”", "=cmd|'/c calc'!A1"]
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = dict(zip(map(str, rows[0]), rows[1], strict=True))
    assert (cells["State"], cells["Privacy"], cells["Next review"], cells["Tags"]) == (
        "Finished",
        2.0,
        "2026-11-22",
        "retail",
    )
    nothing = dict(zip(map(str, rows[0]), rows[2], strict=True))
    assert (nothing["State"], nothing["Privacy"], nothing["Urgent gaps"]) == ("No assessment yet", "", "")


@pytest.mark.django_db
def test_csv_reads_back_and_holds_no_formula(rows: list[list[str | int | float]]) -> None:
    text = as_csv(rows)
    assert text.startswith("\ufeffClient,")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert read[1][0] == "Zoë's Bäckerei, “Ost”"
    assert read[2][0] == "'=cmd|'/c calc'!A1"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row)


@pytest.mark.django_db
def test_xlsx_reads_back_with_numbers_as_numbers_and_text_as_text(rows: list[list[str | int | float]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows))).worksheets[0]
    cells = [[cell.value if cell.value is not None else "" for cell in row] for row in sheet.iter_rows()]
    assert cells == rows
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.django_db
def test_many_clients_are_read_part_by_part(consultancy: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.desk.export.PART", 2)
    for number in range(5):
        client_of(consultancy, f"Client {number}")
    lines = list(lines_of(list(filter_clients(consultancy, DeskFilter())), DAY))
    assert [line.name for line in lines] == [f"Client {number}" for number in range(5)]
