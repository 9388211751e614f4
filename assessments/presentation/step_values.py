"""The steps of a plan as one business reads them: fitted to it, with the names of its authorities filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.bank.conditions import Condition
from assessments.bank.steps import StepCost, StepDoer, StepLink
from assessments.bank.types import Edition, Question
from assessments.presentation.named_values import NamedLevel, named_level
from assessments.presentation.placeholders import (
    BusinessPlace,
    fill_links,
    fill_placeholders,
    question_values,
)
from assessments.scoring.steps import fitted_step
from assessments.scoring.types import ScoredResult, StepChoice, Todo


@dataclass(frozen=True, slots=True)
class StepValue:
    """A step to the level `to`. `minutes` is the hands-on work, `who` usually can do it.

    `pays_for` says what a cost is for. The first step of an edition before 2026.2 has a text only: all else is empty
    or None.
    """

    text: str
    to: NamedLevel | None = None
    done_when: str = ""
    minutes: int | None = None
    cost: StepCost | None = None
    pays_for: str = ""
    who: StepDoer | None = None
    links: tuple[StepLink, ...] = ()


BusinessSteps = Mapping[str, tuple[StepValue, ...]]
"""By the id of each question in the plan, the steps from its answer to its target; never none."""


def business_steps(edition: Edition, result: ScoredResult, place: BusinessPlace) -> BusinessSteps:
    """Of every entry of the plan."""
    return {todo.question.id: _steps(edition, todo, place) for todo in result.todo}


def next_step_of(steps: BusinessSteps, question: Question) -> str:
    """What to do next at this question; empty where the plan does not have it."""
    own = steps.get(question.id)
    return own[0].text if own else question.first_step


def _steps(edition: Edition, todo: Todo, place: BusinessPlace) -> tuple[StepValue, ...]:
    if not todo.steps:
        return (StepValue(todo.question.first_step),)
    return tuple(_step(edition, todo.question, choice, place) for choice in todo.steps)


def _step(edition: Edition, question: Question, choice: StepChoice, place: BusinessPlace) -> StepValue:
    step = fitted_step(question, choice)
    values = question_values(edition, place, question, _variant(question, choice))
    return StepValue(
        text=fill_placeholders(step.text, values),
        to=named_level(edition, step.to),
        done_when=fill_placeholders(step.done_when, values),
        minutes=step.minutes,
        cost=step.cost,
        pays_for=step.pays_for,
        who=step.who,
        links=fill_links(step.links, values),
    )


def _variant(question: Question, choice: StepChoice) -> Condition | None:
    if choice.variant is None:
        return None
    step = next(step for step in question.steps if step.to == choice.to)
    return step.variants[choice.variant].when
