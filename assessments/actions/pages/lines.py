"""An action as the pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Organisation
from assessments.models import Action, ActionState
from assessments.results.newest_plan import NewestPlan, OutOfPlan
from assessments.wording.over_time.actions import assignee_text, due_text, out_of_plan_text
from assessments.wording.phrases import date_text
from assessments.wording.plan import StepWords, words_of_step

_TAGS = {ActionState.DOING: "tag--part", ActionState.DONE: "tag--done"}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """`step` is a step as the newest edition words it; None for an own task and for what that edition lacks.

    `due` is a sentence. `why_out` says why it no longer applies, `ended` when it was done or dropped. `ask_again`:
    the step is done, but no answer says so yet, so that the figures have not moved.
    """

    action: Action
    title: str
    step: StepWords | None
    who: str
    due: str
    passed: bool
    why_out: str
    ended: str
    tag_class: str
    ask_again: bool = False


def finished_line(action: Action, plan: NewestPlan | None, newer: Mapping[str, int], today: date) -> ActionLine:
    """Of an action that is no longer live; `newer` are the levels that were answered since the result."""
    line = action_line(action, plan, today)
    if plan is None or action.level is None or action.state != ActionState.DONE or not plan.asks(action.question):
        return line
    return replace(line, ask_again=plan.out_of_plan(action.question, action.level, newer) is None)


def action_line(action: Action, plan: NewestPlan | None, today: date, why: OutOfPlan | None = None) -> ActionLine:
    """As it reads on this day; what is done, dropped or no longer applies keeps the words it was taken on with."""
    words = words_now(action, plan) if action.is_live and why is None else None
    passed = action.is_live and action.due is not None and action.due < today
    return ActionLine(
        action=action,
        title=words.text if words else action.title,
        step=words,
        who=assignee_text(action),
        due=due_text(action.due, today) if action.due and action.is_live else "",
        passed=passed,
        why_out=out_of_plan_text(why, plan.finished_at.date()) if why and plan else "",
        ended=_ended_text(action),
        tag_class=_TAGS.get(ActionState(action.state), ""),
    )


def _ended_text(action: Action) -> str:
    if action.finished_at is None:
        return ""
    ended = {"state": action.get_state_display(), "day": date_text(action.finished_at.date())}
    return _("%(state)s on %(day)s") % ended


def words_now(action: Action, plan: NewestPlan | None) -> StepWords | None:
    """A step as the edition of the newest result words it; None for anything else."""
    if plan is None or action.level is None:
        return None
    step = plan.step(action.question, action.level)
    return words_of_step(step) if step else None


def taken_title(plan: NewestPlan, question: str, level: int) -> str:
    """How a step of the plan reads at this moment; empty for one that it does not have."""
    step = plan.step(question, level)
    return step.text if step else ""


def plan_name(organisation: Organisation) -> str:
    """What files of the plan are called."""
    return _("Plan of %(organisation)s") % {"organisation": organisation}
