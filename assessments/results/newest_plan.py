"""The plan of an organisation's newest result: which steps are next in it, how they read, what no longer applies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from functools import lru_cache
from uuid import UUID

from accounts.models import Organisation
from assessments.bank.types import Depth, Edition
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, AssessmentState, Result, StandingAnswer
from assessments.presentation.placeholders import BusinessPlace
from assessments.presentation.step_values import StepValue, business_steps
from assessments.queries import load_scored_result
from assessments.scope_facts import business_place
from assessments.scoring.steps import choose_steps, fitted_step, works_alone
from assessments.scoring.terms import asks
from assessments.scoring.types import ScoredAnswerKind, ScoredResult, Todo

CACHED = 256


class OutOfPlan(Enum):
    """Why a step that somebody took on is no longer part of the newest plan."""

    GONE = auto()
    NOT_ASKED = auto()
    LEFT_OUT = auto()
    REACHED = auto()


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The next step of an entry of the plan; `minutes` is None in editions without steps."""

    question: str
    level: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class NewestPlan:
    """`entries` are in the order of the plan. `levels` holds the level of every question that was answered by one.

    `result` is the scored result without its domains, which nothing here needs.
    """

    result_id: UUID
    assessment_id: UUID
    finished_at: datetime
    edition: Edition
    place: BusinessPlace
    result: ScoredResult
    entries: tuple[PlannedStep, ...]
    levels: Mapping[str, int]
    left_out: frozenset[str]

    def out_of_plan(self, question: str, level: int, newer: Mapping[str, int]) -> OutOfPlan | None:
        """None for a step that still applies. `newer` are levels that were answered since the result.

        A question that only a deeper assessment asks still applies.
        """
        found = self.edition.question.get(question)
        if found is None:
            return OutOfPlan.GONE
        if not asks(found, Depth.FULL, self.result.run.tags):
            return OutOfPlan.NOT_ASKED
        if question in self.left_out:
            return OutOfPlan.LEFT_OUT
        return OutOfPlan.REACHED if newer.get(question, self.levels.get(question, 0)) >= level else None

    def asks(self, question: str) -> bool:
        """Whether the result itself asked the question, so that it can be asked again."""
        found = self.edition.question.get(question)
        return found is not None and asks(found, self.result.run.depth, self.result.run.tags)

    def step(self, question: str, level: int) -> StepValue | None:
        """The step to this level as the business reads it; None where the edition has none."""
        found = self.edition.question.get(question)
        if found is None:
            return None
        tags = self.result.run.tags
        choices = choose_steps(found, lambda when: when.holds(tags), alone=works_alone(self.edition, tags))
        chosen = tuple(choice for choice in choices if choice.to == level)
        if not chosen and not any(entry.question == question and entry.level == level for entry in self.entries):
            return None
        todo = Todo(found, level - 1, level, None, steps=chosen)
        return business_steps(self.edition, replace(self.result, todo=(todo,)), self.place)[question][0]


def newest_plan(organisation: Organisation) -> NewestPlan | None:
    """None while nothing is finished. One query, once a process has read the result."""
    results = Result.objects.filter(assessment__organisation=organisation).order_by(
        "-finished_at", "-assessment__started_at", "-pk"
    )
    newest = results.values_list("pk", flat=True).first()
    return _read(newest) if newest else None


def plan_of_finished(run: Assessment) -> NewestPlan:
    """The plan of a finished assessment whose result is at hand; no query of its own."""
    return _planned(run, run.result)


def newer_levels(organisation: Organisation, plan: NewestPlan | None, *, has_open: bool = True) -> dict[str, int]:
    """By question, the levels since the result of the plan: of answers given again, then of the open assessment.

    `has_open`: whether there is one; that costs a query.
    """
    again = StandingAnswer.objects.filter(assessment=plan.assessment_id if plan else None)
    levels = {question: level or 0 for question, level in again.order_by().values_list("question", "level")}
    if not has_open:
        return levels
    runs = organisation.assessments.exclude(state=AssessmentState.FINISHED)
    answers = Answer.objects.filter(assessment__in=runs.order_by(), given_under__isnull=True)
    rows = answers.order_by().values_list("question", "level")
    return levels | {question: level for question, level in rows if level is not None}


@lru_cache(maxsize=CACHED)
def _read(result_id: UUID) -> NewestPlan:
    """A result never changes, and its edition neither."""
    result = Result.objects.select_related("assessment__edition").defer("answers").get(pk=result_id)
    return _planned(result.assessment, result)


def _planned(run: Assessment, result: Result) -> NewestPlan:
    edition = edition_of(run.edition)
    scored = load_scored_result(edition, result)
    traces = [trace for domain in scored.domains for trace in domain.traces if trace.answer]
    return NewestPlan(
        result_id=result.pk,
        assessment_id=run.pk,
        finished_at=result.finished_at,
        edition=edition,
        place=business_place(run, result.finished_at.date()),
        result=replace(scored, domains=()),
        entries=tuple(_next_step(todo) for todo in scored.todo),
        levels={
            trace.question.id: trace.answer.level
            for trace in traces
            if trace.answer is not None and trace.answer.level is not None
        },
        left_out=frozenset(
            trace.question.id
            for trace in traces
            if trace.answer is not None and trace.answer.kind is ScoredAnswerKind.NOT_APPLICABLE
        ),
    )


def _next_step(todo: Todo) -> PlannedStep:
    if not todo.steps:
        return PlannedStep(todo.question.id, todo.target, None)
    step = fitted_step(todo.question, todo.steps[0])
    return PlannedStep(todo.question.id, step.to, step.minutes)
