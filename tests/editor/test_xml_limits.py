"""A spreadsheet with more markup than any has is refused before a library builds objects from it, and at once."""

import io
import time
import zipfile

import pytest

from assessments.bank.errors import DocumentError
from assessments.bank.sheets.writer import Sheet
from assessments.editor.xlsx import read_xlsx, write_xlsx
from assessments.editor.xml_limits import MOST_ATTRIBUTES, MOST_ELEMENTS, MarkupCounter, TooMuchMarkup

MANY, SECONDS = 600_000, 2
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def changed(member: str, before: str, after: str) -> bytes:
    """A small spreadsheet with another text in one of its parts."""
    target = io.BytesIO()
    small = io.BytesIO(write_xlsx([Sheet("one", ("a",), (("x",),))]))
    with zipfile.ZipFile(small) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in book.namelist():
            content = book.read(name).decode()
            assert name != member or before in content
            made.writestr(name, content.replace(before, after, 1) if name == member else content)
    return target.getvalue()


def attributes(count: int) -> str:
    return " ".join(f'a{number}="1"' for number in range(count))


def cells(count: int) -> str:
    return "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in range(3, count // 2))


HOSTILE = {
    "attributes of the book": changed(BOOK, "<workbookPr ", f"<workbookPr {attributes(MANY)} "),
    "attributes of a sheet": changed(SHEET, "<sheetData>", f"<sheetData {attributes(MANY)}>"),
    "attributes of many tags": changed(SHEET, "</sheetData>", f"{cells(MANY)}</sheetData>"),
    "a few too many": changed(SHEET, "<sheetData>", f"<sheetData {attributes(MOST_ATTRIBUTES + 1)}>"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_politely_and_at_once(what: str) -> None:
    before = time.process_time()
    with pytest.raises(DocumentError, match="the file contains"):
        read_xlsx(HOSTILE[what], "hostile.xlsx")
    assert time.process_time() - before < SECONDS


def test_what_a_spreadsheet_may_have_is_read() -> None:
    data = changed(SHEET, "<sheetData>", f"<sheetData {attributes(MOST_ATTRIBUTES)}>")
    assert read_xlsx(data)[0].header == ("a",)


def test_elements_are_counted_over_all_parts() -> None:
    counter = MarkupCounter()
    half = b"<a>" + b"<b/>" * (MOST_ELEMENTS // 2) + b"</a>"
    counter.feed(half)
    counter.begin()
    with pytest.raises(TooMuchMarkup, match="far more cells"):
        counter.feed(half)


@pytest.mark.parametrize("part", [b"\x89PNG\r\n", b"", b"no markup", b"<a><b></a>"])
def test_what_is_no_markup_is_none_of_its_business(part: bytes) -> None:
    counter = MarkupCounter()
    counter.feed(part)
    counter.feed(b"<" + b"x" * 10)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_encoding_makes_no_difference(encoding: str) -> None:
    with pytest.raises(TooMuchMarkup, match="attributes"):
        MarkupCounter().feed(f'<?xml version="1.0"?><x {attributes(MOST_ATTRIBUTES + 1)}/>'.encode(encoding))
    with pytest.raises(TooMuchMarkup, match="entities"):
        MarkupCounter().feed(f"<?xml version='1.0'?>{' ' * 9_000}<!DOCTYPE x [<!ENTITY a 'b'>]><x/>".encode(encoding))
