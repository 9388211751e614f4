"""Editions as files: exported and imported without loss, and whatever else people and machines may send."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from assessments.bank.errors import DocumentError
from assessments.bank.sheets.writer import Sheet
from assessments.bank.types import Edition
from assessments.editor.files import FileFormat, read_file, write_file
from assessments.editor.services.rewriting import misfits
from assessments.editor.xlsx import MOST_BYTES, read_xlsx, write_xlsx
from tests.bank.making import edition as bank
from tests.bank.making import question
from tests.bank.strategies import editions


def problems(data: bytes, name: str) -> str:
    with pytest.raises(DocumentError) as refused:
        read_file(data, name)
    return str(refused.value)


@pytest.mark.parametrize("kind", list(FileFormat))
def test_the_shipped_bank_goes_out_and_comes_back_the_same(edition: Edition, kind: FileFormat) -> None:
    assert read_file(write_file(edition, kind), f"bank.{kind}").edition == edition


@given(any_edition=editions())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_edition_survives_a_spreadsheet(any_edition: Edition) -> None:
    assert read_file(write_file(any_edition, FileFormat.XLSX), "bank.xlsx").edition == any_edition


def test_what_looks_like_a_formula_is_text() -> None:
    rows = (("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "https://example.org", "007"),)
    (sheet,) = read_xlsx(write_xlsx([Sheet("one", ("a", "b", "c", "d", "e", "f", "g"), rows)]))
    assert sheet.rows == rows


def workbook(cell: object) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["label"])
    book.active.append([cell])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_formula_is_refused_with_its_place() -> None:
    assert "sheet Sheet, row 2, column A: contains a formula" in problems(workbook("=HYPERLINK(1)"), "x.xlsx")


def test_numbers_and_ticks_are_read_as_shown() -> None:
    assert [read_xlsx(workbook(cell))[0].rows[0][0] for cell in (2.0, 3, True, None)] == ["2", "3", "yes", ""]


def archive(content: bytes, name: str = "xl/workbook.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (archive(b"0" * 60_000_000), "bomb.xlsx", "unpacks to far more"),
        (archive(b"<!DOCTYPE lolz [<!ENTITY a 'b'>]><x/>"), "entities.xlsx", "declares entities"),
        (archive(b"<x/>"), "empty.xlsx", "spreadsheet cannot be read"),
        (b"PK\x03\x04 broken", "broken.xlsx", "not a spreadsheet"),
        (b"title: x", "text.xlsx", "not a spreadsheet"),
        (b"0" * (MOST_BYTES + 1), "large.xlsx", "larger than 10 MB"),
        (b"0" * (MOST_BYTES + 1), "large.yaml", "larger than 10 MB"),
        (b"a: &a [x]\nb: [*a, *a]\n", "aliases.yaml", "aliases.yaml"),
        ("title: café".encode("latin-1"), "old.yaml", "Latin-1"),
        ("title: x".encode("utf-16"), "wide.yaml", "UTF-16"),
        (workbook("x"), "really.yaml", "ZIP or XLSX"),
        (b"[" * 100_000, "deep.json", "deep"),
        (b"title: x", "bank.txt", ".yaml, .json or .xlsx"),
        (b"", "empty.yaml", "empty.yaml"),
    ],
)
def test_hostile_and_broken_files_are_refused_politely(data: bytes, name: str, said: str) -> None:
    assert said in problems(data, name)


def test_every_problem_is_named_with_its_place(edition: Edition) -> None:
    text = write_file(edition, FileFormat.YAML).decode()
    broken = text.replace("depth: quick", "depth: fast", 2).encode()
    assert problems(broken, "bank.yaml").count("depth") >= 2


def test_what_no_row_can_hold_is_named_before_anything_is_stored() -> None:
    long = bank(question("DATA-01", text="x" * 301))
    assert [problem.place for problem in misfits(long)] == ["questions DATA-01, text"]
    assert misfits(bank(question("DATA-01"))) == ()
