"""Counts of domains, pillars and the whole (rule 20): what people can feel beside label and number."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assessments.scoring.evaluation.answer import AnswerEvaluation
from assessments.scoring.types import Counts


def count_all(outcomes: Iterable[AnswerEvaluation]) -> Counts:
    """The sum over these questions."""
    in_place = counted = unknown = urgent = duties = not_looked_at = to_check = 0
    for outcome in outcomes:
        own = outcome.counts
        in_place += own.in_place
        counted += own.counted
        unknown += own.unknown
        urgent += own.urgent_gaps
        duties += own.open_duties
        not_looked_at += own.gates_not_looked_at
        to_check += own.gates_to_check
    return Counts(in_place, counted, unknown, urgent, duties, not_looked_at, to_check)


def count_pillar(pillar: str, outcomes: Sequence[AnswerEvaluation]) -> Counts:
    """Of the questions of its domains, and of the gates elsewhere that cap it."""
    own = count_all([outcome for outcome in outcomes if outcome.asked.pillar == pillar])
    for outcome in outcomes:
        if outcome.trace.closed and outcome.asked.pillar != pillar and _caps(outcome, pillar):
            own = replace(
                own,
                urgent_gaps=own.urgent_gaps + outcome.counts.urgent_gaps,
                gates_not_looked_at=own.gates_not_looked_at + outcome.counts.gates_not_looked_at,
                gates_to_check=own.gates_to_check + outcome.counts.gates_to_check,
            )
    return own


def _caps(outcome: AnswerEvaluation, pillar: str) -> bool:
    gate = outcome.asked.gate
    return gate is not None and gate.cap_pillar is not None and pillar in gate.pillars
