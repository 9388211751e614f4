"""The page of a report as a typst document: the same text, headings, lists, tables and charts, in the same fonts."""

from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import typst

from reports.formats.fonts import FILES

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
DAY = datetime(2026, 12, 1)  # noqa: DTZ001 (typst takes a moment without a zone)
STYLE = """\
#set document(title: {title}, date: auto)
#set page(paper: "a4", margin: (top: 27mm, bottom: 18mm, left: 25mm, right: 21mm),
  header: [Evenkeel #h(1fr) #context counter(page).display("1 of 1", both: true)])
#set text(font: "Fira Sans", size: 9.4pt, lang: "en")
#set par(leading: 0.62em, spacing: 0.75em)
#show heading.where(level: 1): set text(size: 20pt, fill: rgb("#0b4f5c"))
#show heading.where(level: 2): set text(size: 10pt)
#show heading.where(level: 1): set block(above: 11mm, below: 3.5mm)
#show heading.where(level: 2): set block(above: 5mm, below: 2mm)
"""


def typst_pdf(html: str) -> bytes:
    """Tagged, PDF/UA-1."""
    made: bytes = typst.compile(
        typst_source(html).encode(),
        font_paths=[str(FILES)],
        ignore_system_fonts=False,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(DAY.timestamp()),
    )
    return made


def typst_source(html: str) -> str:
    root = ElementTree.fromstring(html)  # noqa: S314 (our own template)
    title = (root.findtext("head/title") or "").strip()
    body = root.find("body")
    assert body is not None
    return STYLE.format(title=_quoted(title)) + "\n".join(_blocks(body))


def _blocks(parent: ElementTree.Element) -> Iterator[str]:
    """Each block below an element, in order. A block that holds text alone is a paragraph."""
    for child in parent:
        if child.tag in HEADINGS:
            yield f"#heading(level: {HEADINGS[child.tag]}, {_content(child)})"
        elif child.tag == f"{SVG}svg":
            yield _picture(child)
        elif child.tag == "table":
            yield _table(child)
        elif child.tag == "li" and not _holds_blocks(child):
            yield f"#list.item({_content(child)})"
        elif _holds_blocks(child):
            yield from _blocks(child)
        elif words := _words(child):
            yield f"#block({_content(child)})" if words else ""


def _holds_blocks(element: ElementTree.Element) -> bool:
    inline = {"b", "a", "span", "br", "em", "small"}
    return any(child.tag not in inline for child in element)


def _content(element: ElementTree.Element) -> str:
    """Its text as a content block; what is bold stays bold."""
    parts = [_text(element.text)]
    for child in element:
        if child.tag == "br":
            parts.append("#linebreak()")
        elif child.tag == "b":
            parts.append(f"#strong({_content(child)})")
        else:
            parts.append(f"#({_content(child)})")
        parts.append(_text(child.tail))
    return "[" + "".join(parts) + "]"


def _table(table: ElementTree.Element) -> str:
    rows = list(table.iter("tr"))
    columns = max(len(list(row)) for row in rows)
    head = [f"table.header({', '.join(map(_cell, rows[0]))})"] if table.find("thead") is not None else []
    cells = [_cell(cell) for row in rows[len(head) :] for cell in row]
    return f"#table(columns: {columns}, stroke: (bottom: 0.2mm), {', '.join([*head, *cells])})"


def _cell(cell: ElementTree.Element) -> str:
    return f"[{_text(_words(cell))}]"


def _picture(svg: ElementTree.Element) -> str:
    says = svg.findtext(f"{SVG}title") or "Chart"
    ElementTree.register_namespace("", SVG[1:-1])
    drawn = ElementTree.tostring(svg, encoding="unicode")
    return f'#image(bytes({_quoted(drawn)}), format: "svg", alt: {_quoted(says)}, width: 80mm)'


def _words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _text(text: str | None) -> str:
    """Typed into a content block as a string, in which nothing is markup."""
    words = " ".join((text or "").split())
    before, after = (" " if text and text[:1].isspace() else ""), (" " if text and text[-1:].isspace() else "")
    return f"#({_quoted(before + words + after)})" if words else " " if before else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
