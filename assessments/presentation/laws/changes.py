"""What of the laws changes for one business within the next twelve months."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
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
    for question, duty in _dated_duties(edition):
        law = laws[duty.law]
        truth = concerns([law.tag], [question.applies_when, duty.when])
        if truth is not Truth.NO and duty.starts:
            cited = [edition.citations[label] for label in duty.citations]
            known = {own.verification for own in cited}
            open_points = dict.fromkeys(text for text in (duty.unsettled, *(own.unsettled for own in cited)) if text)
            yield (
                duty.starts,
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
    told = {(question.id, duty.starts) for question, duty in _dated_duties(edition)}
    for question in edition.questions:
        for gate in question.gates:
            truth = concerns([], [question.applies_when, gate.when])
            if gate.starts and (question.id, gate.starts) not in told and truth is not Truth.NO:
                yield gate.starts, _of_gate(question, gate, truth)


def _of_gate(question: Question, gate: Gate, truth: Truth) -> LegalChange:
    return LegalChange(None, gate.reason, None, truth is Truth.MAYBE, question=question)


def _dated_duties(edition: Edition) -> list[tuple[Question, Duty]]:
    return [(question, duty) for question in edition.questions for duty in question.duties if duty.starts]


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
