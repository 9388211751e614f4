"""Actions beside the newest plan: which of them still apply, in which order, and how each reads now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.models import Action
from assessments.results.newest_plan import NewestPlan, OutOfPlan, PlannedStep

SMALL_MINUTES_A_MONTH = 10
_LAST = (1, 10_000)


@dataclass(frozen=True, slots=True)
class SortedActions:
    """`applying`: what has a date by its date, then steps in the order of the plan, then own tasks.

    `outside` no longer applies, each with why.
    """

    applying: tuple[Action, ...]
    outside: tuple[tuple[Action, OutOfPlan], ...]


def sort_actions(actions: Iterable[Action], plan: NewestPlan | None, newer: Mapping[str, int]) -> SortedActions:
    """Live actions held against the newest plan; without one, all of them apply."""
    places = {(entry.question, entry.level): place for place, entry in enumerate(plan.entries)} if plan else {}
    applying, outside = [], []
    for action in actions:
        why = plan.out_of_plan(action.question, action.level, newer) if plan and action.level is not None else None
        if why is None:
            applying.append(action)
        else:
            outside.append((action, why))

    def place(action: Action) -> tuple[date, tuple[int, int], int]:
        of_plan = places.get((action.question, action.level or 0))
        return action.due or date.max, _LAST if of_plan is None else (0, of_plan), not action.is_step

    return SortedActions(tuple(sorted(applying, key=place)), tuple(outside))


def steps_not_taken(
    actions: Iterable[Action], plan: NewestPlan | None, newer: Mapping[str, int]
) -> tuple[PlannedStep, ...]:
    """Entries of the plan that nobody has taken on, in its order. `actions` are those of every state.

    Who does a later step of a question, has taken it on; what is called done or dropped is not offered again.
    """
    if plan is None:
        return ()
    taken = {(action.question, action.level) for action in actions}
    questions = {action.question for action in actions if action.is_live}
    return tuple(
        entry
        for entry in plan.entries
        if (entry.question, entry.level) not in taken
        and entry.question not in questions
        and newer.get(entry.question, 0) < entry.level
    )


def shortest_step(steps: Sequence[PlannedStep]) -> PlannedStep | None:
    """The first that takes ten minutes at most, else the shortest; None where no step says how long it takes."""
    timed = [step for step in steps if step.minutes is not None]
    small = next((step for step in timed if (step.minutes or 0) <= SMALL_MINUTES_A_MONTH), None)
    return small or min(timed, key=lambda step: step.minutes or 0, default=None)
