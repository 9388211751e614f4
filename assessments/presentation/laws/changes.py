"""What of the laws changes for one business within the next twelve months."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from assessments.bank.conditions import Condition
from assessments.bank.laws import Law, Verification
from assessments.bank.logic import Truth, truth_of
from assessments.bank.types import Duty, Edition, Gate, Question
from assessments.presentation.placeholders import BusinessPlace, fill_placeholders, law_values

NEAR = timedelta(days=90)

_LEAST_SURE_FIRST = (Verification.MEMORY, Verification.SECONDARY, Verification.TEXT)


@dataclass(frozen=True, slots=True)
class LegalChange:
    """What begins to count. `provisional`: it concerns the business only if an open scope fact turns out so.

    `question` is the one whose duty or gate starts, None for a date of the law itself; `law` is None for a gate that
    rests on no law. `verification` says how it is known (None in older editions), `unsettled` what nobody knows yet.
    """

    law: Law | None
    text: str
    verification: Verification | None
    provisional: bool
    unsettled: tuple[str, ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class DayOfChanges:
    """`dates` and `duties` of one day, which is `days_left` days away."""

    day: date
    days_left: int
    dates: tuple[LegalChange, ...]
    duties: tuple[LegalChange, ...]

    @property
    def provisional(self) -> bool:
        """Whether all of it only may concern the business."""
        return all(change.provisional for change in (*self.dates, *self.duties))


@dataclass(frozen=True, slots=True)
class ChangesSoon:
    """By day: those within 90 days, and the others within twelve months."""

    near: tuple[DayOfChanges, ...]
    later: tuple[DayOfChanges, ...]

    def __bool__(self) -> bool:
        return bool(self.near or self.later)


def changes_soon(edition: Edition, place: BusinessPlace, provisional: frozenset[str]) -> ChangesSoon:
    """From `place.day` on, that day included. `provisional` are the tags of the place that rest on an open fact."""
    concerns = _concerns(place.tags, provisional)
    found = [*_dates(edition, place, concerns), *_duties(edition, concerns), *_gates(edition, concerns)]
    soon = sorted((own for own in found if place.day <= own[0] <= _in_a_year(place.day)), key=lambda own: own[0])
    days = [_day(day, place.day, [change for _, change in own]) for day, own in groupby(soon, key=lambda own: own[0])]
    return ChangesSoon(
        near=tuple(own for own in days if own.day <= place.day + NEAR),
        later=tuple(own for own in days if own.day > place.day + NEAR),
    )


_Concerns = Callable[[Iterable[str], Iterable[Condition]], Truth]
_Found = Iterator[tuple[date, LegalChange]]


def _concerns(on: frozenset[str], provisional: frozenset[str]) -> _Concerns:
    """Whether all of some tags and conditions hold."""

    def look(tag: str) -> Truth:
        return Truth.MAYBE if tag in provisional else Truth.YES if tag in on else Truth.NO

    def concerns(tags: Iterable[str], conditions: Iterable[Condition]) -> Truth:
        return min([*map(look, tags), *(truth_of(own, look) for own in conditions)])

    return concerns


def _dates(edition: Edition, place: BusinessPlace, concerns: _Concerns) -> _Found:
    laws = {law.code: law for law in edition.laws}
    for own in edition.dates:
        law = laws[own.law]
        truth = concerns([law.tag], [own.when])
        if truth is not Truth.NO:
            text = fill_placeholders(own.text, law_values(edition, place, law))
            yield own.day, LegalChange(law, text, own.verification, truth is Truth.MAYBE)


def _duties(edition: Edition, concerns: _Concerns) -> _Found:
    laws = {law.code: law for law in edition.laws}
    for question, duty, day in _starts_of(edition).duties:
        law = laws[duty.law]
        truth = concerns([law.tag], [question.applies_when, duty.when])
        if truth is not Truth.NO:
            cited = [edition.citations[label] for label in duty.citations]
            known = {own.verification for own in cited}
            open_points = dict.fromkeys(text for text in (duty.unsettled, *(own.unsettled for own in cited)) if text)
            yield (
                day,
                LegalChange(
                    law=law,
                    text=duty.says,
                    verification=next((own for own in _LEAST_SURE_FIRST if own in known), None),
                    provisional=truth is Truth.MAYBE,
                    unsettled=tuple(open_points),
                    question=question,
                ),
            )


def _gates(edition: Edition, concerns: _Concerns) -> _Found:
    """Only those for which no duty of their question starts on the same day: that one says it already."""
    starts = _starts_of(edition)
    told = {(question.id, day) for question, _, day in starts.duties}
    for question, gate, day in starts.gates:
        truth = concerns([], [question.applies_when, gate.when])
        if (question.id, day) not in told and truth is not Truth.NO:
            yield day, LegalChange(None, gate.reason, None, truth is Truth.MAYBE, question=question)


@dataclass(frozen=True, slots=True)
class _Starts:
    """The duties and gates of an edition that start on a day."""

    duties: tuple[tuple[Question, Duty, date], ...]
    gates: tuple[tuple[Question, Gate, date], ...]


# A list of organisations asks once for each of them, and few of the questions have a day.
@lru_cache(maxsize=8)
def _starts_of(edition: Edition) -> _Starts:
    asked = edition.questions
    return _Starts(
        duties=tuple([(own, duty, duty.starts) for own in asked for duty in own.duties if duty.starts]),
        gates=tuple([(own, gate, gate.starts) for own in asked for gate in own.gates if gate.starts]),
    )


def _day(day: date, today: date, changes: list[LegalChange]) -> DayOfChanges:
    return DayOfChanges(
        day=day,
        days_left=(day - today).days,
        dates=tuple(change for change in changes if change.question is None),
        duties=tuple(change for change in changes if change.question is not None),
    )


def _in_a_year(today: date) -> date:
    """The same day of the next year; the last of February has one in every year."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + 1, day=day)
