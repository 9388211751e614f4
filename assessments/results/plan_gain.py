"""What the first steps of the plan would change, frozen with the result so that the promise stays as given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessments.bank.types import Edition
from assessments.results.json_values import structure, unstructure
from assessments.scoring.plan import FigureBeforeAfter, do_first, plan_gain
from assessments.scoring.types import Answers, ScoredResult

KEY = "first_gain"


def dump_plan_gain(edition: Edition, outcome: ScoredResult, answers: Answers, *, today: date) -> dict[str, Any]:
    """What is stored for `load_plan_gain` beside the scored result, under a key of its own."""
    first = plan_gain(edition, outcome.run, answers, do_first(outcome), today)
    return {KEY: unstructure(first.pillars)}


def load_plan_gain(stored: Mapping[str, Any]) -> tuple[FigureBeforeAfter, ...]:
    """How each pillar's figure changes when the first steps are done; empty for results stored without it."""
    return structure(stored.get(KEY, []), tuple[FigureBeforeAfter, ...])
