"""The named values of one mapping of a document: required, optional and unknown ones."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TypeVar

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.document.entry import Entry

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")


class Fields:
    """Made by `fields`. Every key that is read is known; `optional` ones may be missing, all others are required."""

    def __init__(self, entry: Entry, found: Mapping[str, Entry]) -> None:
        self.entry = entry
        self._found = found
        self._known: set[str] = set()

    def optional(self, key: str) -> Entry | None:
        self._known.add(key)
        return self._found.get(key)

    def needed(self, key: str) -> Entry | None:
        found = self.optional(key)
        if found is None and self.entry.shape == "map":
            self.entry.refuse(f"{key} is missing")
        return found

    def text(self, key: str) -> str:
        found = self.needed(key)
        return found.text() if found else ""

    def optional_text(self, key: str) -> str:
        found = self.optional(key)
        return found.text() if found else ""

    def whole(self, key: str, low: int, high: int) -> int:
        found = self.needed(key)
        return found.whole(low, high) if found else low

    def optional_whole(self, key: str, low: int, high: int) -> int | None:
        found = self.optional(key)
        return found.whole(low, high) if found else None

    def optional_flag(self, key: str) -> bool:
        found = self.optional(key)
        return found.flag() if found else False

    def day(self, key: str) -> date:
        found = self.needed(key)
        return (found.day() if found else None) or date.min

    def optional_day(self, key: str) -> date | None:
        found = self.optional(key)
        return found.day() if found else None

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        found = self.needed(key)
        return found.choice(kind) if found else next(iter(kind))

    def optional_choice(self, key: str, kind: type[Choice]) -> Choice | None:
        found = self.optional(key)
        return found.choice(kind) if found else None

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.needed(key)
        return found.texts() if found else ()

    def optional_texts(self, key: str) -> tuple[str, ...]:
        found = self.optional(key)
        return found.texts() if found else ()

    def many(self, key: str, read: Callable[[Entry], Read], called_by: str = "") -> tuple[Read, ...]:
        found = self.needed(key)
        return tuple(read(entry) for entry in found.items(called_by)) if found else ()

    def optional_many(self, key: str, read: Callable[[Entry], Read], called_by: str = "") -> tuple[Read, ...]:
        found = self.optional(key)
        return tuple(read(entry) for entry in found.items(called_by, at_least=0)) if found else ()

    def mapping(self, key: str, read: Callable[[str, Entry], Read]) -> dict[str, Read]:
        found = self.needed(key)
        return {name: read(name, entry) for name, entry in found.pairs()} if found else {}

    def optional_mapping(self, key: str, read: Callable[[str, Entry], Read]) -> dict[str, Read]:
        found = self.optional(key)
        return {name: read(name, entry) for name, entry in found.pairs()} if found else {}

    def condition(self, key: str) -> Condition:
        """Always, if it is missing."""
        found = self.optional(key)
        return read_condition(found) if found else ALWAYS

    def refuse_unknown(self) -> None:
        for key, entry in self._found.items():
            if key not in self._known:
                entry.refuse("unknown key")


@contextmanager
def fields(entry: Entry) -> Iterator[Fields]:
    """The values of a mapping; on leaving the block, every key that was not read is a problem."""
    reading = Fields(entry, dict(entry.pairs()))
    yield reading
    reading.refuse_unknown()


def read_condition(entry: Entry) -> Condition:
    clauses = entry.items() if entry.shape == "seq" else [entry]
    return Condition(tuple(_clause(clause) for clause in clauses))


def _clause(entry: Entry) -> Clause:
    with fields(entry) as f:
        clause = Clause(f.optional_texts("all"), f.optional_texts("any"), f.optional_texts("none"))
        if entry.shape == "map" and not any(f.optional(key) for key in ("all", "any", "none")):
            entry.refuse("expected all, any or none")
    return clause
