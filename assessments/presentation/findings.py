"""What is unlawful now, what would be missed on the day it goes wrong, and what starts soon: never mixed.

Nothing here rests on an unknown answer or on a fact that nobody was sure of: that is in open_points.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.bank.types import Edition, FindingKind
from assessments.presentation.named_values import (
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_gate,
    named_level,
    question_ref,
)
from assessments.presentation.plan import plan_numbers
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.step_values import BusinessSteps, next_step_of
from assessments.scoring.types import MustFix, OpenDuty, ScoredResult, StartingSoon


@dataclass(frozen=True, slots=True)
class MustFixStatement:
    """Unlawful now: a closed gate (`gate`), or with `in_part` a duty met in part behind an open one.

    `reasons` say why: the gate's reason, or what the duties ask that are not fully met. `unsettled` says what nobody
    knows for certain about these duties. `next_step` leads from the answer to the next level; `plan_step`
    is the number of the entry of the plan with it, None where the plan has none.
    """

    kind: ClassVar[StatementKind] = StatementKind.MUST_FIX
    question: QuestionRef
    gate: NamedGate | None
    in_part: bool
    reasons: tuple[str, ...]
    unsettled: tuple[str, ...]
    level: NamedLevel
    next_step: str
    plan_step: int | None


@dataclass(frozen=True, slots=True)
class DutyOnTheDay:
    """A duty that only shows when something has happened. `citations` are labels."""

    law: str
    asks: str
    citations: tuple[str, ...]
    unsettled: str


@dataclass(frozen=True, slots=True)
class OnTheDayStatement:
    """Would be missed on the day it goes wrong: a closed gate about harm, duties for that day, or both.

    `plan_step` is the number of the entry of the plan that settles it, None where the plan has none.
    """

    kind: ClassVar[StatementKind] = StatementKind.ON_THE_DAY
    question: QuestionRef
    gate: NamedGate | None
    duties: tuple[DutyOnTheDay, ...]
    level: NamedLevel
    plan_step: int | None


@dataclass(frozen=True, slots=True)
class StartingSoonStatement:
    """A duty, or a gate, that starts on `day` and whose question stands below the level it will need.

    `law` is the name of the law, empty for a gate; `asks` what the duty asks, or why the gate matters.
    """

    kind: ClassVar[StatementKind] = StatementKind.STARTING_SOON
    question: QuestionRef
    day: date
    law: str
    asks: str
    unsettled: str
    now: NamedLevel
    needed: NamedLevel


def tell_must_fix(edition: Edition, result: ScoredResult, steps: BusinessSteps) -> tuple[MustFixStatement, ...]:
    numbers = plan_numbers(result)
    return tuple(_must_fix(edition, item, steps, numbers) for item in _certain(result.must_fix, FindingKind.NOW))


def _certain(items: Iterable[MustFix], finding: FindingKind) -> Iterator[MustFix]:
    return (item for item in items if item.finding is finding and not item.provisional)


def _must_fix(edition: Edition, item: MustFix, steps: BusinessSteps, numbers: Mapping[str, int]) -> MustFixStatement:
    duties = tuple(dict.fromkeys(duty.says for duty in item.duties))
    return MustFixStatement(
        question=question_ref(item.question),
        gate=named_gate(edition, item.gate) if item.gate else None,
        in_part=item.in_part,
        reasons=(item.gate.reason,) if item.gate else duties,
        unsettled=tuple(dict.fromkeys(duty.unsettled for duty in item.duties if duty.unsettled)),
        level=named_level(edition, item.level),
        next_step=next_step_of(steps, item.question),
        plan_step=numbers.get(item.question.id),
    )


def tell_on_the_day(edition: Edition, result: ScoredResult) -> tuple[OnTheDayStatement, ...]:
    """Also from results stored when gates about harm were listed with what the law asks."""
    numbers = plan_numbers(result)
    found = (*result.on_the_day, *_certain(result.must_fix, FindingKind.ON_THE_DAY))
    return tuple(_on_the_day(edition, item, result.duties_on_the_day, numbers) for item in found)


def _on_the_day(
    edition: Edition, item: MustFix, duties: Iterable[OpenDuty], numbers: Mapping[str, int]
) -> OnTheDayStatement:
    return OnTheDayStatement(
        question=question_ref(item.question),
        gate=named_gate(edition, item.gate) if item.gate else None,
        duties=tuple(_duty_on_the_day(duty) for duty in duties if duty.question.id == item.question.id),
        level=named_level(edition, item.level),
        plan_step=numbers.get(item.question.id),
    )


def _duty_on_the_day(item: OpenDuty) -> DutyOnTheDay:
    return DutyOnTheDay(
        law=item.law.name,
        asks=item.duty.says,
        citations=tuple(citation.label for citation in item.citations),
        unsettled=item.duty.unsettled,
    )


def tell_starting_soon(edition: Edition, result: ScoredResult) -> tuple[StartingSoonStatement, ...]:
    """By day."""
    return tuple(_starting_soon(edition, item) for item in result.starting_soon)


def _starting_soon(edition: Edition, item: StartingSoon) -> StartingSoonStatement:
    return StartingSoonStatement(
        question=question_ref(item.question),
        day=item.day,
        law=item.law.name if item.law else "",
        asks=item.duty.says if item.duty else item.gate.reason if item.gate else "",
        unsettled=item.duty.unsettled if item.duty else "",
        now=named_level(edition, item.level),
        needed=named_level(edition, item.needed),
    )
