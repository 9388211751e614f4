"""Editions as files: exported and imported without loss, and whatever else people and machines may send."""

import io
import zipfile
from collections.abc import Mapping

import openpyxl
import openpyxl.styles
import pytest
from hypothesis import HealthCheck, given, settings

from assessments.bank.document.origin import origin_of
from assessments.bank.errors import DocumentError
from assessments.bank.sheets.reader import read_sheets
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
    assert read_sheets(read_xlsx(write_file(any_edition, FileFormat.XLSX))) == any_edition


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
    assert [read_xlsx(workbook(cell))[0].rows for cell in (2.0, 3, True)] == [(("2",),), (("3",),), (("yes",),)]
    assert read_xlsx(workbook(None))[0].rows == ()


def archive(content: bytes, name: str = "xl/workbook.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return target.getvalue()


def test_another_program_keeps_the_sheet_that_says_where_the_file_is_from(edition: Edition) -> None:
    origin = origin_of(edition, status="published", version=1, exported_at="2026-11-30T10:00:00+00:00")
    book = openpyxl.load_workbook(io.BytesIO(write_file(bank(question("DATA-01")), FileFormat.XLSX, origin)))
    assert book.sheetnames[0] == "about"
    book.move_sheet("about", 5)
    target = io.BytesIO()
    book.save(target)
    assert read_file(target.getvalue(), "saved.xlsx").origin == origin


def many_files(count: int) -> bytes:
    return repacked({f"xl/sheet{number}.xml": b"<x/>" for number in range(count)})


def repacked(members: Mapping[str, bytes], says: int | None = None) -> bytes:
    """An archive; its list of contents gives all of them the size `says`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
        if says is not None:
            for info in made.infolist():
                info.file_size = says
    return target.getvalue()


def with_shared_text(old: str, new: str) -> bytes:
    """A spreadsheet with one text, which another program wrote in another way."""
    with zipfile.ZipFile(io.BytesIO(write_xlsx([Sheet("one", ("a",), ((old,),))]))) as book:
        members = {name: book.read(name) for name in book.namelist()}
    texts = members["xl/sharedStrings.xml"]
    assert old.encode() in texts
    return repacked({**members, "xl/sharedStrings.xml": texts.replace(old.encode(), new.encode())})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Do you know_x000D_&#10;which?", "Do you know\nwhich?"),
        ("Do you know_x000d_which?", "Do you know\nwhich?"),
        ("&#13;&#10;two", "\ntwo"),
        ("a_x0009_tab", "a\ttab"),
        ("_x005F_x000D_", "_x000D_"),
        ("half_xD83D_", "half_xD83D_"),
        ("no _x00_ code", "no _x00_ code"),
    ],
)
def test_characters_are_read_as_they_were_typed(written: str, read: str) -> None:
    assert read_xlsx(with_shared_text("TEXT", written))[0].rows == ((read,),)


def test_what_looks_like_a_code_is_text() -> None:
    rows = (("_x000D_", "_x005F_", "x_x0041_x"),)
    assert read_xlsx(write_xlsx([Sheet("one", ("a", "b", "c"), rows)]))[0].rows == rows


def coloured(*last: str) -> bytes:
    """One text, and below it cells with a colour and nothing in them, or the text `last`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["label"])
    sheet.append(["GDPR Art. 1"])
    for row in (20_500, 1_048_576):
        sheet.cell(row, 3).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    for text in last:
        sheet.cell(20_500, 1, text)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_coloured_cells_with_nothing_in_them_count_for_nothing() -> None:
    assert read_xlsx(coloured())[0].rows == (("GDPR Art. 1",),)
    assert "has something below row 20000" in problems(coloured("text"), "x.xlsx")


def with_text_that_is_not_there() -> bytes:
    """A cell that names the 99,999,999th of the workbook's shared texts."""
    target, name = io.BytesIO(), "xl/worksheets/sheet1.xml"
    cell = b'<c r="A2" t="s"><v>99999999</v></c></row>'
    with zipfile.ZipFile(io.BytesIO(workbook("x"))) as book, zipfile.ZipFile(target, "w") as made:
        for member in book.namelist():
            content = book.read(member)
            made.writestr(member, content.replace(b"</row>", cell, 1) if member == name else content)
    return target.getvalue()


def with_late_entities() -> bytes:
    """A workbook whose sheet declares entities behind so many spaces that a look at its first bytes finds nothing."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook("x"))) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for member in book.infolist():
            content = book.read(member)
            if member.filename.startswith("xl/worksheets/"):
                content = b" " * 5_000 + b"<!DOCTYPE worksheet [<!ENTITY a 'aaaa'>]>" + content
            made.writestr(member, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (with_late_entities(), "late.xlsx", "declares entities"),
        (archive(b"0" * 60_000_000), "bomb.xlsx", "unpacks to far more"),
        (archive(b"<!DOCTYPE lolz [<!ENTITY a 'b'>]><x/>"), "entities.xlsx", "declares entities"),
        (archive(b"<x/>"), "empty.xlsx", "spreadsheet cannot be read"),
        (with_text_that_is_not_there(), "gap.xlsx", "a sheet cannot be read"),
        (many_files(101), "many.xlsx", "packs more than 100 files"),
        (repacked({"xl/workbook.xml": b"0" * 60_000_000}, says=100), "liar.xlsx", "not a spreadsheet"),
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
