"""The pages of one action: to take a step on, to change it, to see what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, QueryDict

from accounts.models import Organisation, User
from accounts.paging import ListPage, list_page
from accounts.permissions import Capability
from accounts.queries import Standing, people_around
from assessments.action_queries import events_of_plan
from assessments.actions.pages.history import EventLine, event_lines
from assessments.actions.pages.lines import ActionLine, action_line, finished_line
from assessments.actions.services import TakenStep
from assessments.models import LIVE_STATES, Action, ActionEvent
from assessments.results.newest_plan import newer_levels, newest_plan
from assessments.results.plan_actions import sort_actions
from assessments.wording.plan import StepWords, words_of_step

EVENTS_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step before somebody takes it on. `asks` is the question it belongs to, `live` the action if there is one."""

    step: TakenStep
    words: StepWords
    asks: str
    assessment_id: UUID
    live: Action | None


@dataclass(frozen=True, slots=True)
class ActionPage:
    line: ActionLine
    asks: str
    events: tuple[EventLine, ...]
    events_list: ListPage[ActionEvent]
    can_change: bool
    can_comment: bool


def step_page(organisation: Organisation, question: str, level: int) -> StepPage:
    """404 for a step that the edition of the newest result does not have, and while there is no result."""
    plan = newest_plan(organisation)
    step = plan.step(question, level) if plan and 1 <= level <= 4 else None
    if plan is None or step is None:
        raise Http404
    rows = Action.objects.filter(organisation=organisation, question=question, level=level)
    return StepPage(
        step=TakenStep(question, level, step.text or plan.edition.question[question].text, plan.result_id),
        words=words_of_step(step),
        asks=plan.edition.question[question].text,
        assessment_id=plan.assessment_id,
        live=rows.filter(state__in=LIVE_STATES).first(),
    )


def action_page(standing: Standing, action: Action, query: QueryDict, today: date) -> ActionPage:
    """With its history, newest first."""
    organisation = standing.organisation
    plan = newest_plan(organisation)
    newer = newer_levels(organisation, plan)
    outside = sort_actions([action], plan, newer).outside if action.is_live else ()
    found = plan.edition.question.get(action.question) if plan else None
    events = list_page(events_of_plan(organisation).filter(action=action), query, size=EVENTS_ON_A_PAGE)
    return ActionPage(
        line=(
            action_line(action, plan, today, outside[0][1] if outside else None)
            if action.is_live
            else finished_line(action, plan, newer, today)
        ),
        asks=found.text if found else "",
        events=event_lines(events.rows),
        events_list=events,
        can_change=standing.can(Capability.ANSWER),
        can_comment=standing.can(Capability.COMMENT),
    )


def people_to_choose(organisation: Organisation, person: User, action: Action | None = None) -> Sequence[User]:
    """Whoever looks first, then the others who may see the organisation.

    Whoever has the action now stays in the list, so that saving something else does not take it away from them.
    """
    people = list(people_around(organisation))
    people.sort(key=lambda each: each.pk != person.pk)
    if action and action.assignee and action.assignee not in people:
        people.append(action.assignee)
    return people
