"""An edition as JSON: the same shape as the YAML document, the same reader, the same problems."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import yaml

from assessments.bank.document.nodes import mapping, mark_at, scalar, sequence
from assessments.bank.document.reader import BankFile, read_top
from assessments.bank.document.writer import Plain, day_as_text, to_plain
from assessments.bank.document.yaml_parts import MAX_BYTES, MAX_DEPTH, MAX_NODES, TOO_MANY
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.types import Edition

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# Each text is read once, one without an end as well: a file of quotation marks must not take the square of its length.
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+\\?(?:"|\Z)', re.DOTALL)
_SEPARATORS = re.compile(r"[,:\[{]")
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"


@dataclass(frozen=True, slots=True)
class _Number:
    """As written: nothing is ever calculated with it here."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An object with its keys as written, duplicates included."""

    pairs: list[tuple[str, Any]]


def write_json(edition: Edition, header: Plain | None = None) -> str:
    """`header` are keys to stand before everything else. Raises ValueError where `write_edition` does."""
    return json.dumps({**(header or {}), **to_plain(edition)}, default=day_as_text, ensure_ascii=False, indent=2) + "\n"


def read_json(text: str, name: str = "edition.json") -> Edition:
    """Raises DocumentError with all problems, located by part: JSON values have no lines."""
    return _read(text, name, sound=False).edition


def read_json_file(text: str, name: str) -> BankFile:
    """Like `read_json`, and refuses references to what is not there."""
    return _read(text, name, sound=True)


def _read(text: str, name: str, *, sound: bool) -> BankFile:
    found, problems = read_top(compose_json(text, name), sound=sound)
    if problems:
        raise DocumentError(replace(problem, file=name, line=None) for problem in problems)
    return found


def compose_json(text: str, name: str) -> yaml.MappingNode:
    """The nodes of any JSON object, without lines. Raises DocumentError where it is none."""
    try:
        return _top(text)
    except _Refused as refused:
        raise DocumentError([replace(refused.problem, file=name)]) from refused


class _Refused(ValueError):
    def __init__(self, message: str, line: int | None = None) -> None:
        self.problem = Problem("", message, line=line)
        super().__init__(message)


def _top(text: str) -> yaml.MappingNode:
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise _Refused(f"the document is larger than {MAX_BYTES // 1_000_000} MB")
    if _values(text) > MAX_NODES:
        raise _Refused(TOO_MANY)
    top = _node(_parsed(text), 0)
    if not isinstance(top, yaml.MappingNode):
        raise _Refused("expected a mapping of sections at the top", 1)
    return top


def _values(text: str) -> int:
    """At least as many as the text has, keys included: each but the first comes after one of these signs.

    Those inside texts are left out, or a long text with many commas would be refused.
    """
    return sum(map(len, _SEPARATORS.findall(_TEXT.sub("", text)))) + 1


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_Pairs,
            parse_int=lambda digits: _Number("int", digits),
            parse_float=lambda digits: _Number("float", digits),
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise _Refused(f"not valid JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise _Refused(_TOO_DEEP) from error


def _refuse_constant(constant: str) -> NoReturn:
    raise _Refused(f"not valid JSON: {constant} is not a number")


_NOWHERE = mark_at("")


def _node(value: Any, depth: int) -> yaml.Node:
    if isinstance(value, _Pairs | list):
        return _collection(value, depth + 1)
    if isinstance(value, _Number):
        return scalar(value.text, _NOWHERE, value.kind)
    if isinstance(value, bool):
        return scalar(str(value).lower(), _NOWHERE, "bool")
    return scalar("", _NOWHERE, "null") if value is None else _text(value)


def _collection(value: "_Pairs | list[Any]", depth: int) -> yaml.Node:
    if depth > MAX_DEPTH:
        raise _Refused(_TOO_DEEP)
    if isinstance(value, list):
        return sequence((_node(item, depth) for item in value), _NOWHERE)
    return mapping(((_text(key), _node(item, depth)) for key, item in value.pairs), _NOWHERE)


def _text(value: str) -> yaml.ScalarNode:
    half = _HALF_CHARACTER.search(value)
    if half:
        raise _Refused(
            f"half a character (\\u{ord(half[0]):x}) in a text that begins with {value[: half.start()][:20]}"
        )
    return scalar(value, _NOWHERE)
