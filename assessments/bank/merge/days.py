"""Days on which a law begins: those that a change moves, and those that it moves suspiciously far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assessments.bank.laws import KeyDate
from assessments.bank.types import Duty, Gate, QuestionCitation

FAR = timedelta(days=366)
# A day on which somebody looked, not one on which a law begins.
_NOT_OF_A_LAW = frozenset({"looked_up"})


@dataclass(frozen=True, slots=True)
class MovedDay:
    """`of` says which of several, "" for the only one. None stands for no day: it begins, or holds, at once."""

    of: str
    before: date | None
    after: date | None

    @property
    def far(self) -> bool:
        return self.before is None or self.after is None or abs(self.after - self.before) > FAR


def moved_days(field: str, before: Any, after: Any) -> tuple[MovedDay, ...]:
    """From one value of a field to another. What is new in a list, or gone from it, moves nothing."""
    if field in _NOT_OF_A_LAW:
        return ()
    old, new = list(_days(before)), list(_days(after))
    if len(old) == len(new):
        pairs = [(of, day, other) for (of, day), (_of, other) in zip(old, new, strict=True)]
    else:
        others = dict(new)
        pairs = [(of, day, others[of]) for of, day in old if of in others]
    return tuple(MovedDay(of, day, other) for of, day, other in pairs if day != other)


def _days(value: Any) -> Iterator[tuple[str, date | None]]:
    """Every part that can have a day, also those without one."""
    if isinstance(value, tuple):
        for part in value:
            yield from _days(part)
    elif isinstance(value, KeyDate):
        yield f"{value.law}: {value.text}", value.day
    elif isinstance(value, Gate):
        yield value.reason, value.starts
    elif isinstance(value, Duty):
        yield value.law, value.starts
    elif isinstance(value, QuestionCitation):
        yield value.label, value.starts
    elif value is None or isinstance(value, date):
        yield "", value
