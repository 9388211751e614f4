"""What to do, in order, and what the first steps change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar

from assessments.bank.steps import Effort
from assessments.bank.types import Edition
from assessments.presentation.named_values import (
    NamedEffort,
    NamedFigure,
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_effort,
    named_figure,
    named_gate,
    named_level,
    question_ref,
)
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.plan import FIRST_STEPS, FigureBeforeAfter
from assessments.scoring.types import ScoredResult, Todo


@dataclass(frozen=True, slots=True)
class PlanStepStatement:
    """`number` counts from 1; `first` marks the steps that are done together at the beginning.

    `gate` is the closed gate behind the step, if any. `provisional`: whether the question is asked, or with which gate,
    rests on a fact about the business that nobody was sure of.
    """

    kind: ClassVar[StatementKind] = StatementKind.PLAN_STEP
    number: int
    first: bool
    question: QuestionRef
    step: str
    before: NamedLevel
    after: NamedLevel
    effort: NamedEffort
    who_knows: str
    gate: NamedGate | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class ChangeStatement:
    """What the first steps change in one pillar, as promised when the result was frozen."""

    kind: ClassVar[StatementKind] = StatementKind.CHANGE
    pillar: str
    name: str
    before: NamedFigure
    after: NamedFigure


def tell_plan(edition: Edition, result: ScoredResult) -> tuple[PlanStepStatement, ...]:
    unsure = {trace.question.id for domain in result.domains for trace in domain.traces if trace.provisional}
    return tuple(_step(edition, number, todo, unsure) for number, todo in enumerate(result.todo, start=1))


def _step(edition: Edition, number: int, todo: Todo, unsure: Collection[str]) -> PlanStepStatement:
    question = todo.question
    return PlanStepStatement(
        number=number,
        first=number <= FIRST_STEPS,
        question=question_ref(question),
        step=question.first_step,
        before=named_level(edition, todo.level),
        after=named_level(edition, todo.target),
        effort=named_effort(edition, (question.effort or Effort.MEDIUM).value),
        who_knows=edition.domain[question.domain].who_knows,
        gate=named_gate(edition, todo.gate) if todo.gate else None,
        provisional=question.id in unsure,
    )


def tell_changes(edition: Edition, gains: Iterable[FigureBeforeAfter]) -> tuple[ChangeStatement, ...]:
    """Only for pillars whose figure changes."""
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return tuple(
        ChangeStatement(
            pillar=change.code,
            name=names[change.code],
            before=named_figure(edition, change.before),
            after=named_figure(edition, change.after),
        )
        for change in gains
        if change.moves
    )
