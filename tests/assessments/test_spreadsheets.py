import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.formatting.spreadsheets import Cell, as_csv, harmless

HOSTILE = ["=1+1", "+44", "-2", "@SUM(A1)", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\t=1", " '=1"),
        ("\r\n=1", " '=1"),
        (" =1", " '=1"),
        ("x;=1", "x;'=1"),
        ("x; @SUM(A1)", "x; '@SUM(A1)"),
        ("x|-1", "x|'-1"),
        ('"=1', "\"'=1"),
        ("a\nb", "a b"),
        ("\uff1d1", "'\uff1d1"),
    ],
)
def test_wherever_a_program_lets_a_cell_begin(text: str, safe: str) -> None:
    assert harmless(text) == safe


@given(st.text("=+-@;,|\"' \t\r\nab1"))
def test_no_part_of_a_file_begins_like_a_formula_however_it_is_split(text: str) -> None:
    line = as_csv([["first", text, "last"]])
    parts = re.split(r"[;,|\t\r\n]", line)
    assert not [part for part in parts if part.strip(' "').startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("cell", ["Bakery", "2026-11-22", "", 3, 2.5, -1])
def test_what_it_would_not_run_stays(cell: str | float) -> None:
    assert harmless(cell) == cell


def test_a_table_reads_back_as_it_was() -> None:
    rows: list[list[Cell]] = [["Client", "Level"], ['Zoë, "Ost" and West', 2.5]]
    text = as_csv(rows)
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [["Client", "Level"], ['Zoë, "Ost" and West', "2.5"]]
