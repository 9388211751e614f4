"""From a frozen result to the told result."""

from uuid import UUID

from assessments.bank.types import Edition
from assessments.models import Result
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.results.plan_gain import load_plan_gain
from assessments.results.recorded_answers import load_recorded_answers
from assessments.scope_facts import facts_from_json
from assessments.scoring.stored import load_result


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
