"""Reading files of every format as a person or a program would."""

import csv
import io
import json
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def part(content: bytes, name: str) -> Element:
    """One XML file inside an office file."""
    with ZipFile(io.BytesIO(content)) as archive:
        return fromstring(archive.read(name))  # noqa: S314 (a file of ours)


def names_in(content: bytes) -> list[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def word_body(content: bytes) -> Element:
    return part(content, "word/document.xml")


def word_text(content: bytes) -> str:
    """Every text in the body, in reading order."""
    return "\n".join(paragraph_text(paragraph) for paragraph in word_body(content).iter(f"{W}p"))


def paragraph_text(paragraph: Element) -> str:
    return "".join("\n" if each.tag == f"{W}br" else each.text or "" for each in paragraph.iter() if each.tag in TEXT)


TEXT = {f"{W}t", f"{W}br"}


def style_of(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def in_style(content: bytes, style: str) -> list[str]:
    """The texts of all paragraphs in a style."""
    return [paragraph_text(each) for each in word_body(content).iter(f"{W}p") if style_of(each) == style]


def workbook(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def table(page: Worksheet) -> list[dict[str, Any]]:
    """The rows by the titles of the columns."""
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def workbook_text(content: bytes) -> str:
    cells = (cell for page in workbook(content) for row in page.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def data(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found
