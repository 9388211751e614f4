"""Conditions and lists as text that fits a spreadsheet cell and reads back the same.

A condition: one alternative in each line, such as `all: gdpr, large_scale; none: ccpa`. A list: one entry in each
line. A name or entry that would be misread is quoted as in JSON.
"""

import json
import re
from collections.abc import Iterable, Iterator

from assessments.bank.conditions import Clause, Condition

KEYS = ("all", "any", "none")
LONGEST = 5000
"""Characters of a condition; reading one takes up to the square of its length."""

_NAME = re.compile(r'"(?:[^"\\\n]|\\.)*"|[^\s,;"]+')
_PART = re.compile(rf"\s*({'|'.join(KEYS)})\s*:\s*(.*)", re.DOTALL)


class UnreadableCondition(ValueError):
    """A text that is neither a condition nor a list; the message says why."""


def write_condition(condition: Condition) -> str:
    """Empty for "always". A clause without names, which no document can express, is left out."""
    return "\n".join(text for clause in condition.clauses if (text := _clause(clause)))


def read_condition_text(text: str) -> Condition:
    if len(text) > LONGEST:
        raise UnreadableCondition(f"longer than {LONGEST:,} characters")
    return Condition(tuple(_read_clause(line) for line in text.splitlines() if line.strip()))


def write_list(entries: Iterable[str]) -> str:
    """One entry a line, quoted where it would be misread; `read_list` reads it back."""
    return "\n".join(_quoted(entry) if _is_odd(entry) else entry for entry in entries)


def read_list(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.split("\n"))
    return tuple(_unquoted(line) if line.startswith('"') else line for line in lines if line)


def _is_odd(entry: str) -> bool:
    return entry.splitlines() != [entry] or entry.startswith('"') or entry != entry.strip()


def _clause(clause: Clause) -> str:
    named = ((key, getattr(clause, key)) for key in KEYS)
    return "; ".join(f"{key}: {', '.join(_name(name) for name in names)}" for key, names in named if names)


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) and not name.startswith('"') else _quoted(name)


def _quoted(text: str) -> str:
    # Everything but plain ASCII is escaped: some characters would end a line.
    return json.dumps(text)


def _unquoted(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UnreadableCondition(f"{text} begins with a quote but is not quoted text") from error
    if not isinstance(found, str):
        raise UnreadableCondition(f"{text} is not quoted text")
    return found


def _read_clause(line: str) -> Clause:
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(str.strip, _parts(line)):
        match = _PART.fullmatch(part)
        if not match:
            raise UnreadableCondition(f'expected "all: ...", "any: ..." or "none: ...", found {part.strip()}')
        key, names = match.groups()
        if key in found:
            raise UnreadableCondition(f"{key} appears twice")
        found[key] = tuple(_names(names, key))
    return Clause(**found)


def _parts(line: str) -> Iterator[str]:
    """Split at semicolons outside quotes."""
    part = ""
    for piece in re.findall(r'"(?:[^"\\]|\\.)*"|[^";]+|[";]', line):
        if piece == ";":
            yield part
            part = ""
        else:
            part += piece
    yield part


def _names(text: str, key: str) -> Iterator[str]:
    rest = text.strip()
    while rest:
        match = _NAME.match(rest)
        if not match:
            raise UnreadableCondition(f"{key}: expected a name, found {rest}")
        yield _unquoted(match[0]) if match[0].startswith('"') else match[0]
        rest = rest[match.end() :].lstrip()
        if rest and not rest.startswith(","):
            raise UnreadableCondition(f"{key}: expected a comma before {rest}")
        rest = rest.removeprefix(",").lstrip()
    if not text.strip():
        raise UnreadableCondition(f"{key}: expected at least one name")
