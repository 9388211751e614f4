"""From a frozen result to the told result, or to its plan alone."""

from uuid import UUID

from assessments.bank.types import Edition
from assessments.models import Result
from assessments.presentation.placeholders import BusinessPlace, country_in
from assessments.presentation.plan import PlanStepStatement, tell_plan
from assessments.presentation.step_values import business_steps
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.results.plan_gain import load_plan_gain
from assessments.results.recorded_answers import load_recorded_answers
from assessments.scope_facts import facts_from_json
from assessments.scoring.stored import load_result
from assessments.scoring.types import ScoredResult


def read_told_result(result_id: UUID, edition: Edition, *, sums: bool = True) -> ToldResult:
    """In one query; each stored value is decoded once. `edition` is the one the result is pinned to."""
    outcome, answers, finished_at, facts, interim = Result.objects.values_list(
        "outcome", "answers", "finished_at", "assessment__facts", "assessment__interim"
    ).get(pk=result_id)
    return tell_result(
        edition,
        load_result(outcome, edition),
        load_plan_gain(outcome),
        load_recorded_answers(answers),
        facts=facts_from_json(facts),
        day=finished_at.date(),
        interim=interim,
        sums=sums,
    )


def told_plan(edition: Edition, frozen: Result, result: ScoredResult) -> tuple[PlanStepStatement, ...]:
    """The plan of a result that was read from `frozen`, perhaps with some of its entries alone."""
    place = BusinessPlace(
        country_in(facts_from_json(frozen.assessment.facts)), result.run.tags, frozen.finished_at.date()
    )
    return tell_plan(edition, result, business_steps(edition, result, place))
