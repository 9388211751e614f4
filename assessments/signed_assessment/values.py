"""Reading plain values strictly: what is missing, unknown or of another kind is refused with its place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NoReturn

from assessments.signed_assessment.canonical import UnreadableFile

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
MOST_TEXT = 10_000


class PlainValues:
    """The values of one mapping, each asked for by its key; made by `values_of`."""

    def __init__(self, place: str, found: dict[str, Any]) -> None:
        self._place = place
        self._found = found
        self._asked: set[str] = set()

    def any(self, key: str) -> Any:
        if key not in self._found:
            self.refuse(key, "is missing")
        self._asked.add(key)
        return self._found[key]

    def text(self, key: str, most: int = MOST_TEXT) -> str:
        found = self.any(key)
        if not isinstance(found, str) or len(found) > most:
            self.refuse(key, f"is not a text of at most {most} characters")
        return found

    def choice(self, key: str, among: tuple[str, ...]) -> str:
        found = self.text(key)
        if found not in among:
            self.refuse(key, f"is none of {', '.join(each or 'nothing' for each in among)}")
        return found

    def form(self, key: str, pattern: str) -> str:
        found = self.text(key)
        if not re.fullmatch(pattern, found, re.ASCII):
            self.refuse(key, "is not in the form that such a file has")
        return found

    def flag(self, key: str) -> bool:
        found = self.any(key)
        if not isinstance(found, bool):
            self.refuse(key, "is neither true nor false")
        return found

    def whole(self, key: str, low: int, high: int) -> int:
        found = self.any(key)
        if isinstance(found, bool) or not isinstance(found, int) or not low <= found <= high:
            self.refuse(key, f"is not a whole number from {low} to {high}")
        return found

    def day(self, key: str) -> date:
        found = self.form(key, r"\d{4}-\d\d-\d\d")
        try:
            return date.fromisoformat(found)
        except ValueError:
            self.refuse(key, "is not a day such as 2026-11-30")

    def moment(self, key: str) -> datetime:
        found = self.text(key)
        try:
            moment = datetime.strptime(found, _MOMENT).replace(tzinfo=UTC)
        except ValueError:
            self.refuse(key, "is not a time such as 2026-11-30T14:02:00Z")
        if moment_text(moment) != found:
            self.refuse(key, "is not a time such as 2026-11-30T14:02:00Z")
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.list(key)
        if not all(isinstance(each, str) for each in found):
            self.refuse(key, "is not a list of texts")
        return tuple(found)

    def list(self, key: str) -> "list[Any]":
        found = self.any(key)
        if not isinstance(found, list):
            self.refuse(key, "is not a list")
        return found

    def mapping(self, key: str) -> dict[str, Any]:
        found = self.any(key)
        if not isinstance(found, dict):
            self.refuse(key, "is not a mapping")
        return found

    def refuse(self, key: str, why: str) -> NoReturn:
        raise UnreadableFile(f"{self.place_of(key)} {why}.")

    def place_of(self, key: str) -> str:
        return f"{self._place}, {key}" if self._place else key

    def refuse_unknown(self) -> None:
        unknown = next((key for key in self._found if key not in self._asked), None)
        if unknown is not None:
            self.refuse(unknown[:40], "is unknown: the file may come from a newer version")


@contextmanager
def values_of(place: str, found: Any) -> Iterator[PlainValues]:
    """On leaving the block every key must have been asked for. Raises UnreadableFile."""
    if not isinstance(found, dict):
        raise UnreadableFile(f"{place or 'The file'} is not a mapping.")
    values = PlainValues(place, found)
    yield values
    values.refuse_unknown()


def moment_text(moment: datetime) -> str:
    """In UTC, without parts of a second."""
    return moment.astimezone(UTC).strftime(_MOMENT)
