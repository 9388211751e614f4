"""Makes an unknown variable in one of our templates fail the test that renders it."""

import sys
from pathlib import Path

from django.template.base import Node

OURS = str(Path(__file__).resolve().parent.parent / "templates")


class UnknownTemplateVariable(Exception):
    """One of our templates uses a variable that its view does not provide."""


class FailOnUnknown(str):
    """Django's `string_if_invalid`, which is formatted with the variable's name each time one is unknown."""

    __slots__ = ()

    def __new__(cls) -> "FailOnUnknown":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: object) -> str:
        template = _rendering_template()
        if template.startswith(OURS):
            raise UnknownTemplateVariable(f"{template}: {variable}")
        return ""


def _rendering_template() -> str:
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and node.origin is not None:
            return str(node.origin.name)
    return ""
