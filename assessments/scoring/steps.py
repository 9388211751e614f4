"""Which wording of a step fits a business, and how much work several steps are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assessments.bank.conditions import Condition
from assessments.bank.steps import Effort, Step, StepCost, StepDoer, StepLink
from assessments.bank.types import Edition, Question
from assessments.scoring.types import StepChoice, Todo

HAS_STAFF = "has_staff"

# Up to so many minutes of work are small, and medium.
SMALL_MINUTES = 60
MEDIUM_MINUTES = 480


@dataclass(frozen=True, slots=True)
class FittedStep:
    """A step as one business reads it."""

    to: int
    text: str
    done_when: str
    minutes: int
    cost: StepCost
    pays_for: str
    who: StepDoer
    links: tuple[StepLink, ...]


def works_alone(edition: Edition, tags: frozenset[str]) -> bool:
    """Whether the edition asks about staff, and this business has none."""
    return HAS_STAFF not in tags and any(tag.id == HAS_STAFF for tag in edition.scope.tags)


def choose_steps(question: Question, holds: Callable[[Condition], bool], *, alone: bool) -> tuple[StepChoice, ...]:
    """For each step the first variant that `holds`; else the solo wording for somebody `alone`; else the usual one."""
    return tuple([_choice(step, holds, alone) for step in question.steps])


def _choice(step: Step, holds: Callable[[Condition], bool], alone: bool) -> StepChoice:
    variant = next((place for place, variant in enumerate(step.variants) if holds(variant.when)), None)
    return StepChoice(step.to, variant, solo=variant is None and alone and bool(step.solo))


def fitted_step(question: Question, choice: StepChoice) -> FittedStep:
    """The step that was chosen, put together. What a variant leaves out is as in the step itself."""
    step = next(step for step in question.steps if step.to == choice.to)
    text, done_when, minutes, links = step.text, step.done_when, step.minutes, step.links
    if choice.variant is not None:
        variant = step.variants[choice.variant]
        text, done_when, links = variant.text, variant.done_when or done_when, variant.links or links
        minutes = minutes if variant.minutes is None else variant.minutes
    elif choice.solo:
        text = step.solo
    return FittedStep(step.to, text, done_when, minutes, step.cost, step.pays_for, step.who, links)


def todo_steps(todo: Todo) -> tuple[FittedStep, ...]:
    """The steps of an entry of the plan, in order; none in editions that have no steps."""
    return tuple([fitted_step(todo.question, choice) for choice in todo.steps])


def step_for(edition: Edition, question: Question, level: int, tags: frozenset[str]) -> FittedStep | None:
    """From this level to the next, for a business with these tags; None at the top or without steps."""
    return next(iter(steps_to(edition, question, level, level + 1, tags)), None)


def steps_to(
    edition: Edition, question: Question, level: int, target: int, tags: frozenset[str]
) -> tuple[FittedStep, ...]:
    """All steps from this level to the target, for a business with these tags."""
    chosen = choose_steps(question, lambda condition: condition.holds(tags), alone=works_alone(edition, tags))
    return tuple([fitted_step(question, choice) for choice in chosen if level < choice.to <= target])


def effort_of_steps(steps: Iterable[FittedStep]) -> Effort:
    """By the minutes of all of them together; never small where one of them costs more than a little."""
    steps = tuple(steps)
    minutes = sum(step.minutes for step in steps)
    if minutes > MEDIUM_MINUTES:
        return Effort.LARGE
    if minutes > SMALL_MINUTES or any(step.cost is StepCost.LARGER for step in steps):
        return Effort.MEDIUM
    return Effort.SMALL
