"""A text without the address or the name of a person, in Python: SQLite has no functions of its own for it.

PostgreSQL's twins of these functions are in accounts/migrations/_forgetting.py.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

FORMER_MEMBER = "former member"
"""What is stored in the place of an erased person's address or name; pages translate it."""
NAME_KEY = "by"
"""In stored JSON, the key of a person's name: there also a name of one word is replaced."""

# Not in the middle of another address: x.ann@example.org and ann@example.org.au belong to somebody else.
_BEFORE_ADDRESS, _AFTER_ADDRESS = r"(?<![\w+])(?<!\w[.-])", r"(?!-?\w)(?!\.\w)"


def without_text(value: str | None, text: str) -> str | None:
    """`value` with every occurrence of the address, or of the name of two words and more, replaced; any case."""
    if value is None or not ("@" in text or " " in text) or text.casefold() not in value.casefold():
        return value
    return _pattern(text).sub(FORMER_MEMBER, value)


def without_text_json(value: str | None, text: str) -> str | None:
    """The same for every string of a JSON document; the document as it is if the text is not in it."""
    if value is None:
        return None
    before = json.loads(value)
    after = _in_tree(before, text)
    return value if after == before else json.dumps(after)


def is_forgotten(before: str | None, after: str | None, text: str) -> bool:
    """Whether `after` is `before` without the text, cut off at most as far as the placeholder made it longer."""
    expected = without_text(before, text)
    if before is None or after is None or expected is None:
        return after == expected
    return after == expected or (expected.startswith(after) and len(after) >= len(before))


def is_forgotten_json(before: str | None, after: str | None, text: str) -> bool:
    """Whether the document is the one before without the text."""
    return after == without_text_json(before, text)


def _in_tree(node: Any, text: str) -> Any:
    if isinstance(node, str):
        return without_text(node, text)
    if isinstance(node, list):
        return [_in_tree(each, text) for each in node]
    if isinstance(node, dict):
        return {
            key: FORMER_MEMBER if key == NAME_KEY and each == text else _in_tree(each, text)
            for key, each in node.items()
        }
    return node


@lru_cache(maxsize=16)
def _pattern(text: str) -> "re.Pattern[str]":
    before, after = (_BEFORE_ADDRESS, _AFTER_ADDRESS) if "@" in text else (r"(?<!\w)", r"(?!\w)")
    return re.compile(before + re.escape(text) + after, re.IGNORECASE)


_FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    "without_text": (2, without_text),
    "without_text_json": (2, without_text_json),
    "holds_text": (2, lambda value, text: without_text(value, text) != value),
    "holds_text_json": (2, lambda value, text: without_text_json(value, text) != value),
    "is_forgotten": (3, is_forgotten),
    "is_forgotten_json": (3, is_forgotten_json),
}


def add_functions(connection: BaseDatabaseWrapper, **_more: object) -> None:
    """For Django's signal of a new connection. Without them SQLite's guards refuse every change: they fail closed."""
    if connection.vendor == "sqlite":
        for name, (arguments, function) in _FUNCTIONS.items():
            connection.connection.create_function(name, arguments, function, deterministic=True)
