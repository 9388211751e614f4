"""A case that was read, and what its told result is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assessments.bank.types import Edition
from assessments.presentation.as_json import told_as_json
from assessments.presentation.told_result import tell_result
from assessments.scoring.engine import score
from assessments.scoring.plan import do_first, plan_gain
from assessments.scoring.scope import ScopeFacts
from assessments.scoring.types import Answers, Run, ScoredResult


@dataclass(frozen=True, slots=True)
class ScoringCase:
    """One business on one day. `answers` may hold questions that are not asked of it: they play no part.

    `facts` decide whom its texts name, such as the authority. `out_of_view` are the ids of what they put outside the
    questions.
    """

    edition: Edition
    day: date
    run: Run
    answers: Answers
    facts: ScopeFacts = field(default_factory=dict)
    out_of_view: tuple[str, ...] = ()


def score_case(case: ScoringCase) -> ScoredResult:
    return score(case.edition, case.run, case.answers, case.day)


def case_as_json(case: ScoringCase) -> dict[str, Any]:
    """The told result as JSON values, with the day and the tags that led to it. Nothing in it was reviewed."""
    result = score_case(case)
    gain = plan_gain(case.edition, case.run, case.answers, do_first(result), case.day)
    told = tell_result(case.edition, result, gain.pillars, {}, facts=case.facts, day=case.day)
    return {
        "day": case.day.isoformat(),
        "tags": sorted(case.run.tags),
        "provisional_tags": sorted(case.run.provisional),
        **told_as_json(told),
    }
