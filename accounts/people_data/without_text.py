"""A text without the address or the name of a person, in Python: SQLite has no functions of its own for it.

PostgreSQL's twins of these functions are in accounts/migrations/_forgetting.py, _forgetting_signed.py and 0023.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

FORMER_MEMBER = "former member"
"""What is stored in the place of an erased person's address or name; pages translate it."""
NAME_KEY = "by"
"""In stored JSON, the key of a person's name: there also a name of one word is replaced."""
TYPED_KEYS = ("assignee_name", "business", "by", "evidence", "name", "note", "proof", "reason", "text", "title")
"""In stored JSON, keys of what people type. Elsewhere a text without blanks is a code, which the program must find."""

# Not in the middle of another address: x.ann@example.org and ann@example.org.au belong to somebody else. An underline
# belongs to an address that begins with one, unless another stands at the end: then both are emphasis.
_EMPHASIS = "|".join(rf"(?<={before}{mark})" for before in (r"\W", "^") for mark in ("_", "__"))
_BEFORE_ADDRESS, _AFTER_ADDRESS = r"(?<![\w+])(?<!\w[.-])", r"(?!-?[^\W_])(?!\.\w)"
# A letter or digit of another word is none of the name's; an underline is emphasis.
_BEFORE_NAME, _AFTER_NAME = r"(?<![^\W_])", r"(?![^\W_])"
# Blanks of every kind and width, line breaks, and marks of emphasis: Python and PostgreSQL each know only some.
WHITE = r"\s\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_BETWEEN = f"[{WHITE}*_]+"
_BLANKS = re.compile(f"[{WHITE}]+")
# What stands between words is no part of one. If a word could be an asterisk, a row of them would be tried in all ways.
_APART = re.compile(_BETWEEN)


def without_text(value: str | None, text: str) -> str | None:
    """`value` with every occurrence of the address, or of the name of two words and more, replaced.

    Any case, either Unicode form of an accent, any blanks or line breaks between words, and emphasis as in _Ann Lee_.
    """
    if value is None or not value:
        return value
    sought = _sought(text)
    if sought is None or sought.probe not in value.lower():
        return value
    return sought.pattern.sub(FORMER_MEMBER, value)


def without_text_json(value: str | None, text: str) -> str | None:
    """The same for every string of a JSON document; the document as it is if the text is not in it."""
    if value is None:
        return None
    before = json.loads(value)
    after = _in_tree(before, text)
    return value if after == before else json.dumps(after)


def without_signature_json(value: str | None, name: str) -> str | None:
    """The document without the name where it stands as a signature, and in what was signed with it.

    A signature is a value under NAME_KEY; what stands beside it in the same object is the person's own text.
    """
    if value is None:
        return None
    before = json.loads(value)
    after = _unsigned(before, name)
    return value if after == before else json.dumps(after)


def is_forgotten(before: str | None, after: str | None, text: str) -> bool:
    """Whether `after` is `before` without the text, cut off at most as far as the placeholder made it longer."""
    expected = without_text(before, text)
    if before is None or after is None or expected is None:
        return after == expected
    return after == expected or (expected.startswith(after) and len(after) >= len(before))


def is_forgotten_json(before: str | None, after: str | None, text: str) -> bool:
    """Whether the document is the one before without the text, or without its signatures alone."""
    return after in (without_text_json(before, text), without_signature_json(before, text))


def _unsigned(node: Any, name: str) -> Any:
    if isinstance(node, list):
        return [_unsigned(each, name) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get(NAME_KEY) != name:
        return {key: _unsigned(each, name) for key, each in node.items()}
    return {
        key: _under_key(key, each, name) if key in TYPED_KEYS else _unsigned(each, name) for key, each in node.items()
    }


def _in_tree(node: Any, text: str) -> Any:
    if isinstance(node, str):
        return node if _is_code(node, text) else without_text(node, text)
    if isinstance(node, list):
        return [_in_tree(each, text) for each in node]
    if isinstance(node, dict):
        return {key: _under_key(key, each, text) for key, each in node.items()}
    return node


def _under_key(key: str, value: Any, text: str) -> Any:
    if key == NAME_KEY and value == text:
        return FORMER_MEMBER
    return without_text(value, text) if key in TYPED_KEYS and isinstance(value, str) else _in_tree(value, text)


def _is_code(value: str, text: str) -> bool:
    """Whether a name would be found in it only because words of a code are set apart by underlines: not_applicable."""
    return "@" not in text and not _BLANKS.search(value)


@dataclass(frozen=True)
class _Sought:
    """`probe`, in small letters, is in every text that the pattern finds something in."""

    probe: str
    pattern: "re.Pattern[str]"


@lru_cache(maxsize=16)
def _sought(text: str) -> _Sought | None:
    """None for a name of one word: it may be any word."""
    words = words_of_name(text)
    if "@" not in text and len(words) < 2:
        return None
    literal = _BETWEEN.join(_in_either_form(word) for word in words)
    if "@" in text:
        whole = f"(?:(?:{_EMPHASIS}){literal}(?=_)|{_BEFORE_ADDRESS}{literal}{_AFTER_ADDRESS})"
    else:
        whole = f"{_BEFORE_NAME}{literal}{_AFTER_NAME}"
    return _Sought(text_probe(text), re.compile(whole, re.IGNORECASE))


def words_of_name(text: str) -> list[str]:
    """Of an address all is one word; of a name, what stands between blanks and marks of emphasis."""
    return [word for word in (_BLANKS if "@" in text else _APART).split(text) if word]


def text_probe(text: str) -> str:
    """Letters that look the same in either Unicode form, one after the other; empty if there are none."""
    if plain := re.search(r"[A-Za-z0-9]{3,}", unicodedata.normalize("NFC", text)):
        return plain[0].lower()
    bare = re.search(r"[^\W_]+", re.sub(r".[\u0300-\u036f]+", " ", unicodedata.normalize("NFD", text)))
    return bare[0].lower() if bare and unicodedata.normalize("NFC", bare[0]) == bare[0] else ""


def _in_either_form(word: str) -> str:
    """An accent is a part of its letter or follows it, depending on the keyboard."""
    found = []
    for letter in unicodedata.normalize("NFC", word):
        apart = unicodedata.normalize("NFD", letter)
        found.append(re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})")
    return "".join(found)


_FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    "without_text": (2, without_text),
    "without_text_json": (2, without_text_json),
    "without_signature_json": (2, without_signature_json),
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
