"""What the first page of an organisation says of its plan: what is next, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import ngettext

from accounts.models import Organisation
from assessments.action_queries import PlanDates, live_or_settled
from assessments.models import Action, Assessment
from assessments.results.newest_plan import NewestPlan, newer_levels, plan_of_finished
from assessments.results.plan_actions import sort_actions, steps_not_taken
from assessments.wording.over_time.actions import assignee_text, due_text
from assessments.wording.phrases import date_text

MOST_DATES = 3


@dataclass(frozen=True, slots=True)
class GlanceLine:
    """An action in one line: what, by when and who; the last two may be empty."""

    title: str
    due: str
    who: str


@dataclass(frozen=True, slots=True)
class PlanGlance:
    """`first` is the next action. While nothing is taken on, it is the first step that is left, and `offered`.

    `dates` are the next ones after it. `result_of` is the assessment of the newest result, from which reports are made.
    """

    first: GlanceLine | None
    offered: bool
    dates: tuple[GlanceLine, ...]
    result_of: UUID | None


def plan_glance(organisation: Organisation, finished: Assessment | None, today: date, *, has_open: bool) -> PlanGlance:
    """`finished` is the newest finished assessment with its result; `has_open`: whether one is under way."""
    plan = plan_of_finished(finished) if finished else None
    newer = newer_levels(organisation, plan, has_open=has_open)
    actions = list(live_or_settled(organisation, plan.finished_at if plan else None))
    applying = sort_actions((action for action in actions if action.is_live), plan, newer).applying
    lines = [_line(action, plan, today) for action in applying[: MOST_DATES + 1]]
    first = lines[0] if lines else _first_offered(actions, plan, newer)
    return PlanGlance(
        first=first,
        offered=not lines,
        dates=tuple(line for line in lines[1:] if line.due),
        result_of=plan.assessment_id if plan else None,
    )


def plan_dates_text(dates: PlanDates | None) -> str:
    """ "3 steps on the plan, the next by 3 December 2026"; empty without any."""
    if dates is None:
        return ""
    values = {"count": dates.live, "day": date_text(dates.first_due) if dates.first_due else ""}
    if dates.first_due is None:
        return ngettext("%(count)d step on the plan", "%(count)d steps on the plan", dates.live) % values
    return (
        ngettext(
            "%(count)d step on the plan, by %(day)s", "%(count)d steps on the plan, the next by %(day)s", dates.live
        )
        % values
    )


def _line(action: Action, plan: NewestPlan | None, today: date) -> GlanceLine:
    step = plan.step(action.question, action.level) if plan and action.level is not None else None
    return GlanceLine(
        title=step.text if step else action.title,
        due=due_text(action.due, today) if action.due else "",
        who=assignee_text(action),
    )


def _first_offered(actions: Iterable[Action], plan: NewestPlan | None, newer: Mapping[str, int]) -> GlanceLine | None:
    """The first step that the page of the plan offers too: nobody has taken it on, done it or reached it."""
    offered = next(iter(steps_not_taken(actions, plan, newer)), None)
    step = plan.step(offered.question, offered.level) if plan and offered else None
    return GlanceLine(step.text, "", "") if step else None
