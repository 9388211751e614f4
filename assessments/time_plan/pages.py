"""The page about one amount of time: the steps that fit, and what they change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.access import AssessmentAccess
from assessments.bank.types import Edition
from assessments.models import Result
from assessments.pages.result import FrozenPage, StepCard, frozen_html, frozen_page, step_cards
from assessments.planning.gaps import gaps_of
from assessments.planning.time_budget import best_in_time
from assessments.planning.what_if import answers_in
from assessments.presentation.plan import (
    FirstStepsStatement,
    tell_changes,
    tell_first_steps,
)
from assessments.queries import load_scored_result
from assessments.scoring.plan import PlanGain, plan_gain
from assessments.scoring.types import ScoredResult, Todo
from assessments.told_results import told_plan
from assessments.wording.phrases import minutes_text
from assessments.wording.plan import ChangeWords, change_words, moves_text, plan_step_words, to_go_sentences

HOUR = 60


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """An amount of time to choose with one click."""

    hours: int
    name: str


@dataclass(frozen=True, slots=True)
class TimePlan:
    """The steps that fit in the time. `promise` says what they move together, `to_go` how far it is from there
    to the next labels, `changes` to which labels they lead.

    `note` is for the reader where no step fits, or where all do.
    """

    time: str
    promise: str
    to_go: tuple[str, ...]
    changes: tuple[ChangeWords, ...]
    cards: tuple[StepCard, ...]
    note: str


def time_choices() -> tuple[TimeChoice, ...]:
    return (
        TimeChoice(1, _("An hour")),
        TimeChoice(4, _("Half a day")),
        TimeChoice(16, _("Two days")),
        TimeChoice(26, _("A quarter, two hours a week")),
        TimeChoice(40, _("A week")),
    )


def time_plan_html(access: AssessmentAccess, frozen: Result, hours: int) -> SafeString:
    """The steps for this time. Cached for the times that are offered, as a frozen result has no others."""
    offered = any(hours == choice.hours for choice in time_choices())
    html = frozen_html(access, frozen, _lay_out, hours) if offered else _lay_out(frozen_page(access, frozen), hours)
    return mark_safe(html)  # noqa: S308 (laid out by a template)


def _lay_out(page: FrozenPage, hours: int) -> str:
    frozen = Result.objects.select_related("assessment").defer("answers").get(pk=page.result_id)
    context = {"plan": time_plan(page.edition, frozen, hours), "organisation_id": page.organisation_id}
    return render_to_string("assessments/_time_plan.html", context)


def time_plan(edition: Edition, frozen: Result, hours: int) -> TimePlan:
    """For a finished assessment, from its frozen result."""
    result = load_scored_result(edition, frozen)
    chosen = best_in_time(result, hours * HOUR)
    gain = _gain(edition, frozen, result, chosen)
    statements = told_plan(edition, frozen, replace(result, todo=chosen))
    moved = tell_first_steps(edition, replace(result, todo=chosen), statements, len(statements))
    minutes = sum(gap.options[-1].minutes for gap in gaps_of(replace(result, todo=chosen)))
    return TimePlan(
        time=minutes_text(hours * HOUR),
        promise=_promise(moved, minutes) if moved else "",
        to_go=to_go_sentences(moved) if moved else (),
        changes=tuple(change_words(change) for change in tell_changes(edition, result, gain.pillars)),
        cards=step_cards(plan_step_words(entry) for entry in statements),
        note=_note(result, chosen),
    )


def _gain(edition: Edition, frozen: Result, result: ScoredResult, chosen: Sequence[Todo]) -> PlanGain:
    """As on the day of the result: what has started since then is not part of it."""
    return plan_gain(edition, result.run, answers_in(result), chosen, frozen.finished_at.date())


def _promise(moved: FirstStepsStatement, minutes: int) -> str:
    return ngettext(
        "%(count)d step, %(time)s of work: %(moves)s.", "%(count)d steps, %(time)s of work: %(moves)s.", moved.entries
    ) % {"count": moved.entries, "time": minutes_text(minutes), "moves": moves_text(moved)}


def _note(result: ScoredResult, chosen: Sequence[Todo]) -> str:
    if not result.todo:
        return _("There is nothing left to do in this plan.")
    if not chosen:
        shortest = min(gap.options[0].minutes for gap in gaps_of(result))
        return _("No step of the plan fits in this time. The shortest takes %(time)s.") % {
            "time": minutes_text(shortest)
        }
    if tuple(chosen) == result.todo:
        return _("This is the whole plan.")
    return ""
