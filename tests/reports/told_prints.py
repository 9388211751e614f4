"""Finds in the prints of a result what its statements say."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any
from xml.etree.ElementTree import Element

from tests.pages import of_class, text_of


def said(value: Any) -> list[str]:
    """Every text in the words of a statement but codes, which are for URLs."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for item in value for text in said(item)]
    if is_dataclass(value):
        return [text for field in fields(value) if field.name != "code" for text in said(getattr(value, field.name))]
    return []


def unsaid(texts: Iterable[str], *elements: Element) -> list[str]:
    """Those of the texts that these elements do not have, whatever lies between two words and however it begins."""
    read = plain(" ".join(text_of(element) for element in elements))
    return [text for text in texts if plain(text) not in read]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def section(page: Element, name: str) -> Element:
    """The section with this heading; an empty one where there is none."""
    return next((each for each in page.iter("section") if each.get("aria-labelledby") == name), Element("section"))


def part(paper: Element, name: str) -> Element:
    """The chapter of the PDF with this heading."""
    found = (each for each in of_class(paper, "part") if any(h.get("id") == name for h in each.iter("h1")))
    return next(found, Element("div"))


def items(root: Element, *classes: str) -> list[Element]:
    return [item for name in classes for each in of_class(root, name) for item in each.findall("li")]


def assert_in_turn(statements: Iterable[Any], *prints: list[Element]) -> None:
    """Each print has one element for each statement, in the same order, and each says all of its statement."""
    expected = [said(statement) for statement in statements]
    for elements in prints:
        assert len(elements) == len(expected)
        assert [unsaid(texts, element) for texts, element in zip(expected, elements, strict=True)] == [[]] * len(
            expected
        )
