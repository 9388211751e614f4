"""The three kinds of finding at one question (rules 14 and 15), each with its place in its list.

Only an answer that is known, at a question, gate or duty that is certain, is a finding of the first two kinds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assessments.bank.laws import Law
from assessments.bank.types import Duty, FindingKind, Gate, GateKind
from assessments.scoring.evaluation.places import LEGAL_KINDS, Order, closed_at, kind_place, severity
from assessments.scoring.terms import DutyInForce, PreparedQuestion, merged_facts
from assessments.scoring.types import FindOut, MustFix, NotLookedAt, OpenDuty, StartingSoon, ToCheck

Item = TypeVar("Item")
Placed = tuple[Order, Item]


@dataclass(frozen=True, slots=True)
class Findings:
    """What one question adds to each list of the result, with its place there."""

    must_fix: Placed[MustFix] | None = None
    open_duties: tuple[Placed[OpenDuty], ...] = ()
    on_the_day: Placed[MustFix] | None = None
    duties_on_the_day: tuple[Placed[OpenDuty], ...] = ()
    find_out: Placed[FindOut] | None = None
    not_looked_at: Placed[NotLookedAt] | None = None
    to_check: Placed[ToCheck] | None = None
    starting_soon: tuple[Placed[StartingSoon], ...] = ()


def findings_at(asked: PreparedQuestion, level: int) -> Findings:
    """All that follows from this level: kinds of finding, what is to be checked, and what starts soon."""
    gate, sure = closed_at(asked.gate, level), closed_at(asked.sure_gate, level)
    unmet = [own for own in asked.duties if level < own.duty.level]
    firm = [own for own in unmet if not own.open_facts]
    now = [own for own in firm if own.duty.finding is FindingKind.NOW]
    on_the_day = [own for own in firm if own.duty.finding is FindingKind.ON_THE_DAY]
    return Findings(
        must_fix=_unlawful_now(asked, level, sure, now),
        open_duties=_open_duties(asked, level, now),
        on_the_day=_on_the_day(asked, level, sure, on_the_day),
        duties_on_the_day=_open_duties(asked, level, on_the_day),
        not_looked_at=_not_looked_at(asked, level, sure),
        to_check=_to_check(asked, level, None if sure else gate, [own for own in unmet if own.open_facts]),
        starting_soon=tuple(sorted(_starting_soon(asked, level), key=lambda placed: placed[0])),
    )


def find_out(asked: PreparedQuestion, answered: bool) -> Placed[FindOut]:
    """Rule 15: gates first by kind, then by weight, then bank order."""
    facts = merged_facts(asked.asked_facts, asked.gate_facts if asked.gate else ())
    found = FindOut(asked.question, asked.who_knows, asked.gate, answered, facts)
    return (kind_place(asked.gate), -asked.weight, asked.position), found


def _unlawful_now(
    asked: PreparedQuestion, level: int, closed: Gate | None, unmet: list[DutyInForce]
) -> Placed[MustFix] | None:
    """Closed gates about law by kind and severity, then duties met in part behind open ones, each in bank order."""
    gate = asked.sure_gate
    if gate is None or gate.kind not in LEGAL_KINDS or not (closed or unmet):
        return None
    place = (int(closed is None), kind_place(gate), -severity(asked, gate), asked.position)
    return place, _finding(asked, level, closed, unmet, FindingKind.NOW)


def _on_the_day(
    asked: PreparedQuestion, level: int, closed: Gate | None, unmet: list[DutyInForce]
) -> Placed[MustFix] | None:
    """Closed gates about harm, those first that prevent most damage, then duties, each in bank order."""
    gate = closed if closed and closed.kind is GateKind.HARM else None
    if gate is None and not unmet:
        return None
    place = (int(gate is None), asked.damage_place, asked.position)
    return place, _finding(asked, level, gate, unmet, FindingKind.ON_THE_DAY)


def _finding(
    asked: PreparedQuestion, level: int, closed: Gate | None, unmet: Iterable[DutyInForce], kind: FindingKind
) -> MustFix:
    return MustFix(
        question=asked.question,
        gate=closed,
        duties=tuple([own.duty for own in unmet]),
        level=level,
        in_part=closed is None,
        finding=kind,
    )


def _open_duties(asked: PreparedQuestion, level: int, unmet: Iterable[DutyInForce]) -> tuple[Placed[OpenDuty], ...]:
    """By law in the edition's order, then in bank order."""
    return tuple(
        [
            (
                (own.place, asked.position),
                OpenDuty(own.law, asked.question, own.duty, level, own.citations, finding=own.duty.finding),
            )
            for own in unmet
        ]
    )


def _not_looked_at(asked: PreparedQuestion, level: int, closed: Gate | None) -> Placed[NotLookedAt] | None:
    if closed is None or closed.kind is not GateKind.FOUNDATION:
        return None
    return (-asked.weight, asked.position), NotLookedAt(asked.question, asked.who_knows, closed, level)


def _to_check(
    asked: PreparedQuestion, level: int, closed: Gate | None, unmet: list[DutyInForce]
) -> Placed[ToCheck] | None:
    """A closed gate or unmet duties that rest on open facts, or a question below its target that does."""
    if not (closed or unmet or (asked.asked_facts and level < asked.target)):
        return None
    facts = merged_facts(asked.asked_facts, asked.gate_facts if closed else (), *(own.open_facts for own in unmet))
    found = ToCheck(asked.question, level, closed, tuple([own.duty for own in unmet]), facts)
    return (kind_place(closed), int(not unmet), -asked.weight, asked.position), found


def _starting_soon(asked: PreparedQuestion, level: int) -> Iterator[Placed[StartingSoon]]:
    """By day; of one day in bank order, gates before duties."""
    for place, gate in enumerate(asked.coming_gates):
        if gate.starts and level < gate.min_level:
            yield _starting(asked, gate.starts, level, gate.min_level, place, gate=gate)
    for place, own in enumerate(asked.coming_duties, len(asked.coming_gates)):
        if own.duty.starts and level < own.duty.level:
            yield _starting(asked, own.duty.starts, level, own.duty.level, place, law=own.law, duty=own.duty)


def _starting(
    asked: PreparedQuestion,
    day: date,
    level: int,
    needed: int,
    place: int,
    *,
    law: Law | None = None,
    duty: Duty | None = None,
    gate: Gate | None = None,
) -> Placed[StartingSoon]:
    found = StartingSoon(asked.question, day, level, needed, law, duty, gate)
    return (day.toordinal(), asked.position, place), found
