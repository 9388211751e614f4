"""WordprocessingML by its short names: all that paragraphs and tables are made of."""

from functools import cache

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml.etree import SubElement, _Element

from reports.document.prose import writable

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@cache
def full_name(name: str) -> str:
    return str(qn(name))


def new_element(tag: str, /, **attributes: str) -> _Element:
    """`tag` as "w:p"; `attributes` without the prefix, which is that of Word's own."""
    element: _Element = OxmlElement(tag)
    return _with_attributes(element, attributes)


def add_element(parent: _Element, tag: str, /, **attributes: str) -> _Element:
    return _with_attributes(SubElement(parent, full_name(tag)), attributes)


def _with_attributes(element: _Element, attributes: dict[str, str]) -> _Element:
    for key, value in attributes.items():
        element.set(full_name(f"w:{key}"), value)
    return element


def add_run(parent: _Element, text: str, style: str = "", *, right_to_left: bool = False) -> _Element:
    """Text with its line breaks, in a character style."""
    run = add_element(parent, "w:r")
    if style or right_to_left:
        properties = add_element(run, "w:rPr")
        if style:
            add_element(properties, "w:rStyle", val=style)
        if right_to_left:
            add_element(properties, "w:rtl")
    for number, line in enumerate(text.split("\n")):
        if number:
            add_element(run, "w:br")
        piece = add_element(run, "w:t")
        piece.text = writable(line)
        piece.set(SPACE, "preserve")
    return run


def add_field(parent: _Element, instruction: str, shown: str) -> None:
    """Something that Word works out, such as the number of the page; `shown` until it does."""
    for kind in ("begin", "", "separate"):
        run = add_element(parent, "w:r")
        if kind:
            add_element(run, "w:fldChar", fldCharType=kind)
        else:
            text = add_element(run, "w:instrText")
            text.text = f" {instruction} "
            text.set(SPACE, "preserve")
    add_run(parent, shown)
    add_element(add_element(parent, "w:r"), "w:fldChar", fldCharType="end")
