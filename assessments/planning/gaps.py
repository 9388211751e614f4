"""What each step of the plan changes, level by level, and how long it takes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from assessments.bank.steps import Effort
from assessments.bank.types import GateKind
from assessments.scoring.evaluation.plan_order import EFFORT_MINUTES
from assessments.scoring.steps import effort_of_steps, todo_steps
from assessments.scoring.types import ScoredResult, Todo

# More than all other gaps and duties of any edition together.
STOP_WORTH = 1_000


@dataclass(frozen=True, slots=True)
class GapOption:
    """Raising a question to level `to` in `minutes`.

    `worth` is 1 for an urgent gap that this closes and for each open duty that it meets, and `STOP_WORTH` for a gate
    that asks to stop first. `in_place` says whether the question then is at its target.
    """

    to: int
    minutes: int
    worth: int
    in_place: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry of the plan with the levels to which it can be raised, lowest first; the last is the target."""

    todo: Todo
    options: tuple[GapOption, ...]

    @property
    def worth(self) -> int:
        """Of all that can be had here."""
        return self.options[-1].worth


def gaps_of(result: ScoredResult) -> tuple[Gap, ...]:
    """One for each entry of the plan, in its order."""
    duties = _open_duties(result)
    return tuple([Gap(todo, tuple(_options(todo, duties.get(todo.question.id, {})))) for todo in result.todo])


def ended_at(todo: Todo, to: int) -> Todo:
    """The entry with only the steps up to a level."""
    if to == todo.target:
        return todo
    short = replace(todo, target=to, steps=tuple([step for step in todo.steps if step.to <= to]))
    steps = todo_steps(short)
    return replace(short, minutes=sum(step.minutes for step in steps), effort=effort_of_steps(steps))


def _open_duties(result: ScoredResult) -> Mapping[str, Counter[int]]:
    """For each question, how many open duties are met at which level."""
    found: dict[str, Counter[int]] = {}
    for own in result.open_duties:
        found.setdefault(own.question.id, Counter())[own.duty.level] += 1
    return found


def _options(todo: Todo, duties: Mapping[int, int]) -> Iterator[GapOption]:
    for to, minutes in _levels(todo):
        met = sum(number for level, number in duties.items() if level <= to)
        yield GapOption(to, minutes, met + _gate_worth(todo, to), to == todo.target)


def _levels(todo: Todo) -> list[tuple[int, int]]:
    """With the minutes of all steps that lead there. Editions without steps have the target alone."""
    steps = todo_steps(todo)
    if not steps:
        return [(todo.target, EFFORT_MINUTES[todo.effort or Effort.MEDIUM])]
    return list(zip((step.to for step in steps), accumulate(step.minutes for step in steps), strict=True))


def _gate_worth(todo: Todo, to: int) -> int:
    gate = todo.gate
    if gate is None or gate.kind is GateKind.FOUNDATION or to < gate.min_level:
        return 0
    return STOP_WORTH if gate.kind is GateKind.LEGAL_STOP else 1
