"""Spreadsheet files: a thin layer around `bank/sheets`. Every cell is text; no formula is ever calculated."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import xlsxwriter
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from assessments.bank.errors import DocumentError, Problem
from assessments.bank.sheets.writer import Sheet, place_of
from assessments.editor.xml_limits import MarkupCounter, TooMuchMarkup

MOST_BYTES = 10_000_000
MOST_UNPACKED = 50_000_000
MOST_MEMBERS = 100
# A sheet of text compresses to about a tenth; a bomb to a thousandth.
MOST_RATIO = 200
MOST_ROWS, MOST_COLUMNS = 20_000, 100
# How spreadsheets write characters that XML cannot hold; halves of characters stay as they are written.
_ESCAPED = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_CHUNK = 65_536
_TOO_LARGE = "the file unpacks to far more than a bank can contain"


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Text stays text, even if it looks like a formula, a URL or a number."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.header), 24)
            for column, name in enumerate(sheet.header):
                page.write_string(0, column, name, head)
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    page.write_string(number, column, cell, wrapped)
    return target.getvalue()


# What openpyxl trips over: a text by a number that no text has, a figure too large for a day.
_DAMAGED = (LookupError, TypeError, ValueError, ArithmeticError, ParseError, zipfile.BadZipFile)


def read_xlsx(data: bytes, name: str = "") -> tuple[Sheet, ...]:
    """Raises DocumentError for anything but a spreadsheet, for one that is too large or has a formula."""
    _check_archive(data, name)
    try:
        reader = _Reader(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        reader.read()
        book = reader.wb
    except (InvalidFileException, OSError, *_DAMAGED) as error:
        raise _refused("this spreadsheet cannot be read: save it as .xlsx again", name) from error
    problems: list[Problem] = []
    try:
        sheets = tuple(_sheet(page.title, page.iter_rows(max_col=MOST_COLUMNS), problems) for page in book.worksheets)
    except _DAMAGED as error:
        raise _refused("a sheet cannot be read: save the file as .xlsx again", name) from error
    if problems:
        raise DocumentError(problems)
    return sheets


class _Reader(ExcelReader):  # type: ignore[misc]
    """Leaves the texts as they are written: the library drops the mark of a text that only looks like a code."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName.removeprefix("/")) as source:
            for _event, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    self.shared_strings.append(Text.from_tree(node).content)
                    node.clear()


def _refused(message: str, name: str) -> DocumentError:
    return DocumentError([Problem("", message, file=name)])


def _check_archive(data: bytes, name: str) -> None:
    """Before anything is unpacked."""
    if len(data) > MOST_BYTES:
        raise _refused(f"the file is larger than {MOST_BYTES // 1_000_000} MB", name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise _refused(
                    f"the file packs more than {MOST_MEMBERS} files: no spreadsheet of a bank needs them", name
                )
            most = min(MOST_UNPACKED, MOST_RATIO * max(len(data), 1))
            if sum(member.file_size for member in members) > most:
                raise _refused(_TOO_LARGE, name)
            markup = MarkupCounter()
            for member in members:
                most -= _unpacked(archive, member, most, markup, name)
    except TooMuchMarkup as error:
        raise _refused(str(error), name) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _refused("this is not a spreadsheet (.xlsx), or it is damaged", name) from error


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, markup: MarkupCounter, name: str) -> int:
    """The bytes that it really unpacks to, whatever the archive says: at most `most`."""
    size = 0
    with archive.open(member) as opened:
        markup.begin()
        while chunk := opened.read(_CHUNK):
            markup.feed(chunk)
            size += len(chunk)
            if size > most:
                raise _refused(_TOO_LARGE, name)
    return size


def _sheet(title: str, rows: Iterator[tuple[object, ...]], problems: list[Problem]) -> Sheet:
    """Up to the last row with something in it: coloured cells below count for nothing."""
    texts: list[tuple[str, ...]] = []
    gap, nothing = 0, None
    for number, row in enumerate(rows, 1):
        # The library gives the same row again and again for a million that are not in the file.
        text = () if row is nothing else _without_tail(_text(cell, title, number, problems) for cell in row)
        if not text:
            gap, nothing = gap + 1, row
            continue
        if number > MOST_ROWS:
            problems.append(Problem(f"sheet {title}", f"has something below row {MOST_ROWS}"))
            break
        texts += [*[()] * gap, text]
        gap = 0
    header = texts[0] if texts else ()
    return Sheet(title, header, tuple((*row, *("",) * (len(header) - len(row))) for row in texts[1:]))


def _without_tail(cells: Iterable[str]) -> tuple[str, ...]:
    """Rows come padded with empty cells."""
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def _text(cell: object, sheet: str, row: int, problems: list[Problem]) -> str:
    """What the cell shows."""
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        column = getattr(cell, "column_letter", "")
        problems.append(Problem(place_of(sheet, row, column), "contains a formula: replace it with its text"))
        return ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else _as_typed(str(value))


def _as_typed(text: str) -> str:
    """With the characters that were written as _x000D_ and the like, and one kind of line break."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
