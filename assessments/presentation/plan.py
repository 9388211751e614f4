"""What to do, in order, and what the first steps change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.bank.steps import Effort
from assessments.bank.types import Edition, GateKind
from assessments.planning.firmness import weights_that_matter
from assessments.planning.to_go import rises_to_go
from assessments.presentation.named_values import (
    NamedEffort,
    NamedFigure,
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_effort,
    named_figure,
    named_gate,
    named_label,
    named_level,
    question_ref,
)
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.step_values import BusinessSteps, StepValue
from assessments.scoring.plan import FIRST_STEPS, FigureBeforeAfter
from assessments.scoring.types import OpenDuty, ScoredResult, Todo

SHOWN_IN_FULL = 5
"""Entries at the beginning of the plan that are told with all there is to say."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What moves when the target is reached: questions in place, urgent gaps closed, duties met."""

    in_place: int
    urgent_gaps: int
    duties: int


@dataclass(frozen=True, slots=True)
class StepDuty:
    """A duty that is open now at the question of a step: the name of its law, and the day from which it counts."""

    law: str
    starts: date | None


@dataclass(frozen=True, slots=True)
class PlanStepStatement:
    """An entry of the plan: the `steps` that raise a question from its answer to its target.

    `number` counts from 1; `first` marks those to begin with. `gate` is the closed gate behind the entry, if any,
    `duties` are those that it meets. `promise` is about all steps, `next_promise` about the first alone.
    `minutes` are those of all steps together, None in editions before 2026.2: these say only how big the `effort` is.
    Only results of these editions have `provisional` entries, which rest on a fact that nobody was sure of.
    """

    kind: ClassVar[StatementKind] = StatementKind.PLAN_STEP
    number: int
    first: bool
    question: QuestionRef
    steps: tuple[StepValue, ...]
    promise: Promise
    next_promise: Promise
    before: NamedLevel
    after: NamedLevel
    effort: NamedEffort
    minutes: int | None
    who_knows: str
    gate: NamedGate | None
    duties: tuple[StepDuty, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class ToGo:
    """How many questions still have to rise before a pillar has the label `following`."""

    pillar: str
    name: str
    following: NamedLevel
    questions: int


@dataclass(frozen=True, slots=True)
class FirstStepsStatement:
    """What the first `entries` of the plan move together; how figures change is in the ChangeStatements.

    `urgent_gaps` and `open_duties` are all that the result has; the first is None in results stored before there were
    counts. `to_go` are the pillars that these entries bring no new label yet.
    """

    kind: ClassVar[StatementKind] = StatementKind.FIRST_STEPS
    entries: int
    promise: Promise
    urgent_gaps: int | None
    open_duties: int
    to_go: tuple[ToGo, ...]


@dataclass(frozen=True, slots=True)
class ChangeStatement:
    """To which label the first steps bring one pillar, as promised when the result was frozen."""

    kind: ClassVar[StatementKind] = StatementKind.CHANGE
    pillar: str
    name: str
    before: NamedFigure
    after: NamedFigure


@dataclass(frozen=True, slots=True)
class FirmnessStatement:
    """If one of these questions weighed one more or one less, other steps would be among the first five."""

    kind: ClassVar[StatementKind] = StatementKind.FIRMNESS
    questions: tuple[QuestionRef, ...]


def tell_plan(edition: Edition, result: ScoredResult, steps: BusinessSteps) -> tuple[PlanStepStatement, ...]:
    """Every entry of the plan, in its order; `steps` are those of this business."""
    unsure = _unsure(result)
    duties = _duties_met(result)
    targets = {trace.question.id: trace.target for domain in result.domains for trace in domain.traces}
    return tuple(
        _entry(edition, number, todo, steps[todo.question.id], targets, duties.get(todo.question.id, ()), unsure)
        for number, todo in enumerate(result.todo, start=1)
    )


def plan_numbers(result: ScoredResult) -> Mapping[str, int]:
    """The number of the entry for each question in the plan."""
    return {todo.question.id: number for number, todo in enumerate(result.todo, start=1)}


def _unsure(result: ScoredResult) -> Collection[str]:
    """Since results have counts, nothing that is to be checked is in the plan."""
    if result.counts is not None:
        return ()
    return {trace.question.id for domain in result.domains for trace in domain.traces if trace.provisional}


def _duties_met(result: ScoredResult) -> Mapping[str, Sequence[OpenDuty]]:
    """By question, the open duties that its target meets. Each law's duty counts."""
    targets = {todo.question.id: todo.target for todo in result.todo}
    found: dict[str, list[OpenDuty]] = {}
    for item in result.open_duties:
        if not item.provisional and item.duty.level <= targets.get(item.question.id, -1):
            found.setdefault(item.question.id, []).append(item)
    return found


def _entry(
    edition: Edition,
    number: int,
    todo: Todo,
    steps: tuple[StepValue, ...],
    targets: Mapping[str, int | None],
    duties: Sequence[OpenDuty],
    unsure: Collection[str],
) -> PlanStepStatement:
    question = todo.question
    return PlanStepStatement(
        number=number,
        first=number <= SHOWN_IN_FULL,
        question=question_ref(question),
        steps=steps,
        promise=_promise(todo, todo.target, targets, duties),
        next_promise=_promise(todo, todo.steps[0].to if todo.steps else todo.target, targets, duties),
        before=named_level(edition, todo.level),
        after=named_level(edition, todo.target),
        effort=named_effort(edition, (todo.effort or question.effort or Effort.MEDIUM).value),
        minutes=todo.minutes,
        who_knows=edition.domain[question.domain].who_knows,
        gate=named_gate(edition, todo.gate) if todo.gate else None,
        duties=tuple(dict.fromkeys(StepDuty(item.law.name, item.duty.starts) for item in duties)),
        provisional=question.id in unsure,
    )


def _promise(todo: Todo, to: int, targets: Mapping[str, int | None], duties: Sequence[OpenDuty]) -> Promise:
    """At level `to`: below the target of its question an entry brings nothing in place yet."""
    closes = todo.gate is not None and todo.gate.kind is not GateKind.FOUNDATION and to >= todo.gate.min_level
    return Promise(
        in_place=int(to >= (targets.get(todo.question.id) or 0)),
        urgent_gaps=int(closes),
        duties=sum(item.duty.level <= to for item in duties),
    )


def promise_of_all(promises: Iterable[Promise]) -> Promise:
    """What several entries move together."""
    promises = tuple(promises)
    return Promise(
        in_place=sum(promise.in_place for promise in promises),
        urgent_gaps=sum(promise.urgent_gaps for promise in promises),
        duties=sum(promise.duties for promise in promises),
    )


def tell_first_steps(
    edition: Edition, result: ScoredResult, plan: Sequence[PlanStepStatement], entries: int = FIRST_STEPS
) -> FirstStepsStatement | None:
    """None without a plan. By default for as many entries as the frozen change of the figures is about."""
    first = [entry.promise for entry in plan[:entries]]
    if not first:
        return None
    return FirstStepsStatement(
        entries=len(first),
        promise=promise_of_all(first),
        urgent_gaps=result.counts.urgent_gaps if result.counts else None,
        open_duties=sum(not duty.provisional for duty in result.open_duties),
        to_go=_to_go(edition, result, result.todo[: len(first)]),
    )


def _to_go(edition: Edition, result: ScoredResult, steps: Sequence[Todo]) -> tuple[ToGo, ...]:
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return tuple(
        ToGo(code, names[code], named_label(edition, label), number)
        for code, (label, number) in rises_to_go(result, steps).items()
    )


def tell_firmness(edition: Edition, result: ScoredResult, day: date) -> FirmnessStatement | None:
    """None where no such change of one weight brings other steps to the beginning."""
    found = weights_that_matter(edition, result, day)
    return FirmnessStatement(tuple(question_ref(question) for question in found)) if found else None


def tell_changes(
    edition: Edition, result: ScoredResult, gains: Iterable[FigureBeforeAfter]
) -> tuple[ChangeStatement, ...]:
    """Only for pillars whose label changes: a tenth more is no promise to make."""
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    labelled = {pillar.code for pillar in result.pillars if pillar.label is not None}
    return tuple(
        ChangeStatement(
            pillar=change.code,
            name=names[change.code],
            before=named_figure(edition, change.before),
            after=named_figure(edition, change.after),
        )
        for change in gains
        if change.before.label != change.after.label and change.code in labelled
    )
