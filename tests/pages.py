"""Reads pages as a browser does: text, tables, links, and what a form would send."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import tinyhtml5
from django.http import HttpResponseBase

TEXT_INPUTS = ("text", "hidden", "email", "password", "search", "number")


@dataclass(frozen=True)
class Control:
    """One control as the browser holds it; `kind` is the input's type, "textarea", "select" or "submit"."""

    kind: str
    name: str
    value: str
    checked: bool = False

    @property
    def sent(self) -> bool:
        return self.checked if self.kind in ("radio", "checkbox") else self.kind != "submit"


def parse(page: HttpResponseBase | str) -> Element:
    html = page if isinstance(page, str) else page.content.decode()  # type: ignore[attr-defined]
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return root


def text_of(element: Element) -> str:
    """The text in one line, as read aloud."""
    return " ".join("".join(element.itertext()).split())


def by_id(root: Element, name: str) -> Element:
    found = root.find(f".//*[@id='{name}']")
    assert found is not None, f"no element with the id {name}"
    return found


def of_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def controls(root: Element) -> list[Control]:
    return list(_controls(root))


def sends(root: Element) -> dict[str, list[str]]:
    """What the controls inside an element send when none of its buttons is pressed."""
    data: dict[str, list[str]] = {}
    for control in controls(root):
        if control.sent and control.name:
            data.setdefault(control.name, []).append(control.value)
    data.pop("csrfmiddlewaretoken", None)
    return data


def buttons(root: Element) -> list[Control]:
    return [control for control in controls(root) if control.kind == "submit"]


def links(root: Element) -> dict[str, str]:
    """Text of each link -> URL."""
    return {text_of(link): link.get("href", "") for link in root.iter("a")}


def tables(root: Element) -> list[list[list[str]]]:
    """Each table's rows of cell texts, without the head."""
    return [
        [[text_of(cell) for cell in row if cell.tag in ("th", "td")] for row in body.iter("tr")]
        for table in root.iter("table")
        for body in table.iter("tbody")
    ]


def _controls(root: Element) -> Iterator[Control]:
    for element in root.iter():
        name, value = element.get("name", ""), element.get("value", "")
        if element.tag == "textarea":
            yield Control("textarea", name, element.text or "")
        elif element.tag == "button" and element.get("type", "submit") == "submit":
            yield Control("submit", name, value)
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib] or options[:1]
            yield from (Control("select", name, option.get("value", text_of(option))) for option in chosen)
        elif element.tag == "input":
            kind = element.get("type", "text")
            value = element.get("value", "on" if kind in ("checkbox", "radio") else "")
            yield Control(kind, name, value, "checked" in element.attrib)
