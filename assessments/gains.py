"""What the first steps of the plan would change, frozen with the result so that the promise stays as given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessments.bank.types import Edition
from assessments.scoring.plan import Change, do_first, gain
from assessments.scoring.types import Answers
from assessments.scoring.types import Result as Outcome
from assessments.structure import structure, unstructure

KEY = "first_gain"


def dump_first_gain(edition: Edition, outcome: Outcome, answers: Answers, *, today: date) -> dict[str, Any]:
    first = gain(edition, outcome.run, answers, do_first(outcome), today)
    return {KEY: unstructure(first.pillars)}


def first_gain(stored: Mapping[str, Any]) -> tuple[Change, ...]:
    """How each pillar's figure moves when the first steps are done; empty for results stored without it."""
    return structure(stored.get(KEY, []), tuple[Change, ...])
