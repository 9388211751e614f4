import csv
import io

import pytest

from assessments.spreadsheets import Cell, as_csv, harmless

HOSTILE = ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Bakery", "2026-11-22", "", 3, 2.5, -1])
def test_what_it_would_not_run_stays(cell: str | float) -> None:
    assert harmless(cell) == cell


def test_a_table_reads_back_as_it_was() -> None:
    rows: list[list[Cell]] = [["Client", "Level"], ['Zoë, "Ost"\nand West', 2.5]]
    text = as_csv(rows)
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [["Client", "Level"], ['Zoë, "Ost"\nand West', "2.5"]]
