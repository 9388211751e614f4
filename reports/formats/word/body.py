"""Writes headings, paragraphs, lists, tables and pictures at the end of a Word document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm
from lxml.etree import _Element

from reports.document.types import Prose
from reports.formats.word.elements import add_element, add_field, add_run, full_name, new_element
from reports.formats.word.spans import Piece, Span, typed

BULLET, NUMBER = "ListBullet", "ListNumber"
DECIMAL_LIST = "2"
"""The numbering in numbering.xml that numbered lists follow."""

NOT_IN_ANCHORS = re.compile(r"\W")
TWIPS_PER_MM = 56.7


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of this width in millimetres; `says` is read out instead."""

    content: bytes
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; the first column names the row."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str


Cell = Piece | Picture | tuple[Piece, ...]


class Body:
    """Adds to the end of a Word document, and numbers bookmarks and pictures; the last section's settings stay last."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._element: Any = document.element.body
        self._end = self._element.sectPr
        self._bookmarks = count(1)
        self._pictures = count(1)
        self._headings: list[Heading] = []
        self._contents_mark: _Element | None = None

    def heading(self, level: int, text: str, anchor: str = "") -> None:
        anchor = anchor or f"heading-{len(self._headings) + 1}"
        self._headings.append(Heading(level, text, anchor))
        self.paragraph(text, style=f"Heading{level}", anchor=anchor)

    def paragraph(self, *pieces: Piece, style: str = "", anchor: str = "", direction: str = "ltr") -> None:
        """Pieces without text are left out, a space is put between the others; nothing without any text."""
        spans = _with_text(pieces)
        if spans:
            self._add(self._filled(spans, style, anchor, direction))

    def prose(self, label: str, text: Prose, style: str = "Note") -> None:
        """What somebody typed, after a label in bold."""
        if text:
            self.paragraph(Span(label, "Strong"), typed(text), style=style, direction=text.direction)

    def bullets(self, items: Iterable[Sequence[Piece]]) -> None:
        for pieces in items:
            self.paragraph(*pieces, style=BULLET)

    def numbered(self, items: Iterable[Sequence[Sequence[Piece]]]) -> None:
        """Each item is its paragraphs, of which the first has the number. Every list begins at 1."""
        numbers = self._new_numbers()
        for first, *rest in items:
            paragraph = self._filled(_with_text(first), NUMBER, "", "ltr")
            marks = new_element("w:numPr")
            add_element(marks, "w:ilvl", val="0")
            add_element(marks, "w:numId", val=numbers)
            paragraph[0].insert(1, marks)
            self._add(paragraph)
            for pieces in rest:
                self.paragraph(*pieces, style="StepContinue")

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], says: str) -> None:
        """With a head that every page repeats; `says` is what the table is about, for screen readers."""
        table = new_element("w:tbl")
        properties = add_element(table, "w:tblPr")
        add_element(properties, "w:tblStyle", val="ReportTable")
        add_element(properties, "w:tblW", w=_twips(sum(column.width for column in columns)), type="dxa")
        add_element(properties, "w:tblLayout", type="fixed")
        add_element(properties, "w:tblLook", val="04A0", firstRow="1", firstColumn="1", noVBand="1")
        add_element(properties, "w:tblCaption", val=says)
        grid = add_element(table, "w:tblGrid")
        for column in columns:
            add_element(grid, "w:gridCol", w=_twips(column.width))
        self._row(table, columns, [column.title for column in columns], head=True)
        for cells in rows:
            self._row(table, columns, cells, head=False)
        self._add(table)
        self._add(new_element("w:p"))
        add_element(add_element(self._end.getprevious(), "w:pPr"), "w:pStyle", val="AfterTable")

    def picture(self, picture: Picture, style: str = "") -> None:
        paragraph = self._filled([], style, "", "ltr")
        self._draw(paragraph, picture)
        self._add(paragraph)

    def page_break(self) -> None:
        paragraph = new_element("w:p")
        add_element(add_element(paragraph, "w:r"), "w:br", type="page")
        self._add(paragraph)

    def mark_contents(self) -> None:
        """Where the table of contents will stand; it names what comes before it, and after, but not itself."""
        self._headings.pop()
        self._contents_mark = new_element("w:p")
        self._add(self._contents_mark)

    def finish(self) -> None:
        """Call it last."""
        self._fill_contents()
        self._unlink_what_is_not_there()

    def _unlink_what_is_not_there(self) -> None:
        """A section may name a question or a step whose section is not in this kind of report."""
        there = {each.get(full_name("w:name")) for each in self._element.iter(full_name("w:bookmarkStart"))}
        for link in list(self._element.iter(full_name("w:hyperlink"))):
            anchor = link.get(full_name("w:anchor"))
            if anchor and anchor not in there:
                run = link[0]
                for properties in run.findall(full_name("w:rPr")):
                    run.remove(properties)
                link.addprevious(run)
                link.getparent().remove(link)

    def _fill_contents(self) -> None:
        """The field that Word turns into a table of contents with page numbers; until then the entries are links."""
        mark = self._contents_mark
        if mark is None:
            return
        entries = [entry for entry in self._headings if entry.level == 1]
        for number, entry in enumerate(entries):
            paragraph = self._filled([], "TOC1", "", "ltr")
            if number == 0:
                self._begin_contents(paragraph)
            self._link(paragraph, Span(entry.text, to=f"#{entry.anchor}"), plain=True)
            if number == len(entries) - 1:
                add_element(add_element(paragraph, "w:r"), "w:fldChar", fldCharType="end")
            mark.addprevious(paragraph)
        mark.getparent().remove(mark)

    def _begin_contents(self, paragraph: _Element) -> None:
        whole = new_element("w:p")
        add_field(whole, 'TOC \\o "1-1" \\h \\z \\u', "")
        for run in list(whole)[:3]:
            paragraph.append(run)

    def _row(self, table: _Element, columns: Sequence[Column], cells: Sequence[Cell], *, head: bool) -> None:
        row = add_element(table, "w:tr")
        properties = add_element(row, "w:trPr")
        add_element(properties, "w:cantSplit")
        if head:
            add_element(properties, "w:tblHeader")
        for column, cell in zip(columns, cells, strict=True):
            box = add_element(row, "w:tc")
            add_element(add_element(box, "w:tcPr"), "w:tcW", w=_twips(column.width), type="dxa")
            paragraph = add_element(box, "w:p")
            add_element(add_element(paragraph, "w:pPr"), "w:pStyle", val="TableText")
            if isinstance(cell, Picture):
                self._draw(paragraph, cell)
            else:
                self._fill(paragraph, _with_text(cell if isinstance(cell, tuple) else (cell,)), "ltr")

    def _filled(self, spans: Sequence[Span], style: str, anchor: str, direction: str) -> _Element:
        paragraph = new_element("w:p")
        properties = add_element(paragraph, "w:pPr")
        if style:
            add_element(properties, "w:pStyle", val=style)
        if direction == "rtl":
            add_element(properties, "w:bidi")
        if anchor:
            number = str(next(self._bookmarks))
            add_element(paragraph, "w:bookmarkStart", id=number, name=_anchor(anchor))
            add_element(paragraph, "w:bookmarkEnd", id=number)
        self._fill(paragraph, spans, direction)
        return paragraph

    def _fill(self, paragraph: _Element, spans: Sequence[Span], direction: str) -> None:
        for number, span in enumerate(spans):
            if number:
                add_run(paragraph, " ")
            if span.to:
                self._link(paragraph, span)
            else:
                add_run(paragraph, span.text, span.style, right_to_left=span.typed and direction == "rtl")

    def _link(self, paragraph: _Element, span: Span, *, plain: bool = False) -> None:
        element = add_element(paragraph, "w:hyperlink", history="1")
        if span.to.startswith("#"):
            element.set(full_name("w:anchor"), _anchor(span.to[1:]))
        else:
            element.set(full_name("r:id"), self._part.relate_to(span.to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        add_run(element, span.text, "" if plain else "Hyperlink")

    def _draw(self, paragraph: _Element, picture: Picture) -> None:
        inline = self._part.new_pic_inline(BytesIO(picture.content), width=Mm(picture.width))
        number = str(next(self._pictures))
        inline.docPr.set("id", number)
        inline.docPr.set("name", f"Picture {number}")
        inline.docPr.set("descr", picture.says)
        add_element(add_element(paragraph, "w:r"), "w:drawing").append(inline)

    def _new_numbers(self) -> str:
        numbering: Any = self._part.numbering_part.element
        number = numbering.add_num(int(DECIMAL_LIST))
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return str(number.numId)

    def _add(self, element: _Element) -> None:
        self._end.addprevious(element)


def _with_text(pieces: Iterable[Piece]) -> list[Span]:
    spans = (Span(piece) if isinstance(piece, str) else piece for piece in pieces)
    return [span for span in spans if span.text.strip()]


def _anchor(name: str) -> str:
    """Word allows letters, digits and underscores."""
    return NOT_IN_ANCHORS.sub("_", name)[:40]


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS_PER_MM))
