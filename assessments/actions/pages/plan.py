"""The page of the plan: what is next, what is under way, what is done, and what nobody has taken on yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from django.http import QueryDict

from accounts.paging import ListPage, list_page
from accounts.permissions import Capability
from accounts.queries import Standing
from assessments.action_queries import events_of_plan, finished_actions, live_or_settled
from assessments.actions.pages.history import EventLine, event_lines
from assessments.actions.pages.lines import ActionLine, action_line, finished_line
from assessments.models import Action, ActionState, ReminderChoice
from assessments.results.newest_plan import NewestPlan, PlannedStep, newer_levels, newest_plan
from assessments.results.plan_actions import (
    SMALL_MINUTES_A_MONTH,
    SortedActions,
    shortest_step,
    sort_actions,
    steps_not_taken,
)
from assessments.wording.over_time.actions import plan_counts_text
from assessments.wording.plan import StepWords, words_of_step

LIVE_ON_A_PAGE = 25
FINISHED_ON_A_PAGE = 10
OFFERED = 3
NEWEST_EVENTS = 15


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step of the newest plan that nobody has taken on."""

    question: str
    level: int
    words: StepWords


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`first` is the one to begin with; `doing` and `todo` hold the rest of this page of the list, `live`.

    `small_action` or `small_step` is a small step for this month: one that was taken on, or one that was not. It is
    `quick` if it takes ten minutes at most: otherwise the page promises no ten minutes.
    """

    counts: str
    first: ActionLine | None
    doing: tuple[ActionLine, ...]
    todo: tuple[ActionLine, ...]
    live: ListPage[Action]
    outside: tuple[ActionLine, ...]
    done: tuple[ActionLine, ...]
    done_list: ListPage[Action]
    dropped: tuple[ActionLine, ...]
    dropped_list: ListPage[Action]
    small_action: ActionLine | None
    small_step: OfferedStep | None
    quick: bool
    offered: tuple[OfferedStep, ...]
    not_taken: int
    result_of: UUID | None
    events: tuple[EventLine, ...]
    can_change: bool
    reminded: bool
    has_dates: bool


def plan_page(standing: Standing, choice: ReminderChoice | None, query: QueryDict, today: date) -> PlanPage:
    """A fixed number of queries for any number of actions."""
    organisation = standing.organisation
    plan = newest_plan(organisation)
    newer = newer_levels(organisation, plan)
    actions = list(live_or_settled(organisation, plan.finished_at if plan else None))
    found = sort_actions((action for action in actions if action.is_live), plan, newer)
    done, dropped = (finished_actions(organisation, state) for state in (ActionState.DONE, ActionState.DROPPED))
    live_list, first = list_page(found.applying, query, size=LIVE_ON_A_PAGE), found.applying[:1]
    done_list = list_page(done, query, name="done", size=FINISHED_ON_A_PAGE)
    dropped_list = list_page(dropped, query, name="dropped", size=FINISHED_ON_A_PAGE)
    rest = [action_line(action, plan, today) for action in live_list.rows if action not in first]
    not_taken = steps_not_taken(actions, plan, newer)
    small = _small(found, plan, not_taken, today)
    doing = sum(action.state == ActionState.DOING for action in found.applying)
    return PlanPage(
        counts=plan_counts_text(len(found.applying) - doing, doing, done_list.count),
        first=action_line(first[0], plan, today) if first else None,
        doing=_in_state(rest, ActionState.DOING),
        todo=_in_state(rest, ActionState.OPEN),
        live=live_list,
        outside=tuple(action_line(action, plan, today, why) for action, why in found.outside[:LIVE_ON_A_PAGE]),
        done=tuple(finished_line(action, plan, newer, today) for action in done_list.rows),
        done_list=done_list,
        dropped=tuple(action_line(action, plan, today) for action in dropped_list.rows),
        dropped_list=dropped_list,
        small_action=small if isinstance(small, ActionLine) and small.action not in first else None,
        small_step=small if isinstance(small, OfferedStep) else None,
        quick=_is_quick(small, plan),
        offered=tuple(chain.from_iterable(_offered(plan, step) for step in not_taken[:OFFERED])),
        not_taken=len(not_taken),
        result_of=plan.assessment_id if plan else None,
        events=event_lines(list(events_of_plan(organisation)[:NEWEST_EVENTS])),
        can_change=standing.can(Capability.ANSWER),
        reminded=choice is None or choice.stopped_at is None,
        has_dates=any(action.due for action in found.applying),
    )


def _in_state(lines: Iterable[ActionLine], state: ActionState) -> tuple[ActionLine, ...]:
    return tuple(line for line in lines if line.action.state == state)


def _offered(plan: NewestPlan | None, step: PlannedStep) -> tuple[OfferedStep, ...]:
    found = plan.step(step.question, step.level) if plan else None
    return (OfferedStep(step.question, step.level, words_of_step(found)),) if found else ()


def _small(
    found: SortedActions, plan: NewestPlan | None, not_taken: tuple[PlannedStep, ...], today: date
) -> ActionLine | OfferedStep | None:
    """What was taken on goes first where both take as long."""
    if plan is None:
        return None
    taken = {(action.question, action.level or 0): action for action in found.applying if action.is_step}
    timed = [PlannedStep(*key, _minutes(plan, *key)) for key in taken]
    small = shortest_step([*timed, *not_taken])
    if small is None:
        return None
    action = taken.get((small.question, small.level))
    if action:
        return action_line(action, plan, today)
    return next(iter(_offered(plan, small)), None)


def _is_quick(small: ActionLine | OfferedStep | None, plan: NewestPlan | None) -> bool:
    """The shortest step is one whose minutes are known."""
    if small is None or plan is None:
        return False
    step = small.action if isinstance(small, ActionLine) else small
    return (_minutes(plan, step.question, step.level or 0) or 0) <= SMALL_MINUTES_A_MONTH


def _minutes(plan: NewestPlan, question: str, level: int) -> int | None:
    step = plan.step(question, level)
    return step.minutes if step else None
