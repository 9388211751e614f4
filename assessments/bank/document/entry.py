"""One value of a document with its place; a value that does not fit adds a problem and reads as a stand-in.

Stand-ins never leave the document reader: it refuses the whole document when there is any problem.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from assessments.bank.errors import Problem

Choice = TypeVar("Choice", bound=StrEnum)

MOST_PROBLEMS = 100
THERE_ARE_MORE = "there are more problems: mend these first"

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_YAML = "tag:yaml.org,2002:"
_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a decimal number",
    "bool": "yes/no (put text in quotes)",
    "timestamp": "a date (put text in quotes)",
    "null": "nothing",
    "seq": "a list",
    "map": "named entries",
    "merge": "<< (merging is not allowed)",
}
_TRUE = ("true", "yes", "on")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def in_words(count: int) -> str:
    """ "three" for 3; figures from thirteen on."""
    return _WORDS[count] if count < len(_WORDS) else str(count)


@dataclass(frozen=True, slots=True)
class Entry:
    """A node, its place in words, and the list to which its problems are added."""

    node: yaml.Node
    place: str
    problems: list[Problem]

    def refuse(self, message: str) -> None:
        """Of more than MOST_PROBLEMS, one line says that there are more: nobody reads them, and they fill memory."""
        mark = self.node.start_mark
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.place, message, file=mark.name, line=mark.line + 1))
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append(Problem("", THERE_ARE_MORE, file=mark.name, line=mark.line + 1))

    def below(self, node: yaml.Node, name: str) -> "Entry":
        return Entry(node, f"{self.place}, {name}" if self.place else name, self.problems)

    def called(self, name: str) -> "Entry":
        """The entry of a list under its own name: "questions ACCESS-02" for "questions, entry 3"."""
        return Entry(self.node, f"{self.place.rpartition(', entry ')[0]} {name}", self.problems)

    @property
    def shape(self) -> str:
        return self.node.tag.removeprefix(_YAML)

    def text(self) -> str:
        if not self._is("str"):
            return ""
        value = str(self.node.value)
        # A folded or literal block ends with a line break that nobody intended.
        value = value.strip() if getattr(self.node, "style", "") in ("|", ">") else value
        if not value.strip():
            self.refuse("expected text, found nothing")
        if "\0" in value:
            self.refuse("a NUL character, which text must not contain")
        return value

    def whole(self, low: int, high: int) -> int:
        if not self._is("int"):
            return low
        if not _WHOLE.fullmatch(self.node.value) or not low <= int(self.node.value) <= high:
            self.refuse(f"expected a whole number from {low} to {high}, found {self.node.value}")
            return low
        return int(self.node.value)

    def flag(self) -> bool:
        return self._is("bool") and self.node.value.lower() in _TRUE

    def day(self) -> date | None:
        """Plain or in quotes."""
        written = str(self.node.value) if self.shape in ("str", "timestamp") else ""
        try:
            if _DAY.fullmatch(written):
                return date.fromisoformat(written)
        except ValueError:
            pass
        self.refuse(f"expected a day like 2026-11-21, found {written or _KINDS[self.shape]}")
        return None

    def choice(self, kind: type[Choice]) -> Choice:
        members = list(kind)
        if not self._is("str"):
            return members[0]
        if self.node.value not in {str(member) for member in members}:
            self.refuse(f"expected {' or '.join(members)}, found {self.node.value}")
            return members[0]
        return kind(self.node.value)

    def items(self, called_by: str = "", at_least: int = 1) -> list["Entry"]:
        """The entries of a list, named by the field `called_by`, which must be unique, or by number."""
        if not self._is("seq"):
            return []
        found = [self.below(node, f"entry {number}") for number, node in enumerate(self.node.value, 1)]
        found = [entry.called(name) if (name := entry.name_by(called_by)) else entry for entry in found]
        if len(found) < at_least:
            self.refuse(f"expected at least {in_words(at_least)}, found {in_words(len(found))}")
        return list(_refusing_repeats(found, called_by))

    def texts(self, at_least: int = 1) -> tuple[str, ...]:
        return tuple(entry.text() for entry in self.items(at_least=at_least))

    def pairs(self) -> Iterator[tuple[str, "Entry"]]:
        """Key and value of a mapping; a key that appears twice is a problem and is yielded once."""
        if not self._is("map"):
            return
        seen = set()
        for key, value in self.node.value:
            name = Entry(key, self.place, self.problems)
            if name.shape != "str":
                name.refuse(f"a key must be text, {_KINDS[name.shape]} found")
            elif key.value in seen:
                name.refuse(f"{key.value} appears twice")
            else:
                seen.add(key.value)
                yield key.value, self.below(value, key.value)

    def name_by(self, field: str) -> str:
        """The text of one field of a mapping, or ""."""
        if not field or self.shape != "map":
            return ""
        texts = (value for key, value in self.node.value if key.value == field and value.tag == f"{_YAML}str")
        return next((str(text.value) for text in texts), "")

    def _is(self, kind: str) -> bool:
        if self.shape == kind:
            return True
        self.refuse(f"expected {_KINDS[kind].partition(' (')[0]}, found {_KINDS[self.shape]}")
        return False


def _refusing_repeats(entries: list[Entry], called_by: str) -> Iterator[Entry]:
    seen = set()
    for entry in entries:
        name = entry.name_by(called_by)
        if name and name in seen:
            entry.refuse("appears twice")
        seen.add(name)
        yield entry
