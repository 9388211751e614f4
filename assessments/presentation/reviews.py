"""Who gave how many of the answers, how many nobody looked at again, and who reviewed how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.presentation.answer_record import RecordedAnswer, RecordedReview
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.terms import settles
from assessments.scoring.types import ScoredResult

BUSINESS, CONSULTANCY = "business", "consultancy"
"""Values of `RecordedAnswer.answered_as`."""


@dataclass(frozen=True, slots=True)
class AnsweredByStatement:
    """How many answers the business gave itself, how many its consultancy did, and of how many nobody knows it."""

    kind: ClassVar[StatementKind] = StatementKind.ANSWERED_BY
    business: int
    consultancy: int
    not_recorded: int


@dataclass(frozen=True, slots=True)
class TakenOverStatement:
    """How many answers came from an earlier run and were not looked at again, the `oldest` on that day.

    `confirmed` are all the others: given or confirmed in this run.
    """

    kind: ClassVar[StatementKind] = StatementKind.TAKEN_OVER
    taken_over: int
    confirmed: int
    oldest: date


@dataclass(frozen=True, slots=True)
class ReviewStatement:
    """One reviewer: how many of the `answered` answers they reviewed, and on which day the latest of them."""

    kind: ClassVar[StatementKind] = StatementKind.REVIEW
    reviewer: str
    consultancy: str
    latest: date
    reviewed: int
    answered: int


def tell_answered_by(result: ScoredResult, answers: Mapping[str, RecordedAnswer]) -> AnsweredByStatement | None:
    """Of the answers that the result counts as answered; None for results stored before this was recorded."""
    given = [recorded.answered_as for recorded in _counted(result, answers)]
    if not any(given):
        return None
    return AnsweredByStatement(given.count(BUSINESS), given.count(CONSULTANCY), given.count(""))


def tell_taken_over(result: ScoredResult, answers: Mapping[str, RecordedAnswer]) -> TakenOverStatement | None:
    """Of the answers that the result counts as answered; None where all were given or confirmed in its run."""
    days = [date.fromisoformat(each.taken_over_from) for each in _counted(result, answers) if each.taken_over_from]
    if not days:
        return None
    return TakenOverStatement(len(days), result.answered - len(days), min(days))


def _counted(result: ScoredResult, answers: Mapping[str, RecordedAnswer]) -> list[RecordedAnswer]:
    return [
        recorded
        for domain in result.domains
        for trace in domain.traces
        if settles(trace.answer, trace.question.offers_not_applicable(result.run.tags))
        and (recorded := answers.get(trace.question.id))
    ]


def tell_reviews(result: ScoredResult, answers: Mapping[str, RecordedAnswer]) -> tuple[ReviewStatement, ...]:
    """Most reviews first; only reviews of questions that this run asks count. Empty means self-assessed."""
    found: dict[tuple[str, str], list[RecordedReview]] = {}
    for domain in result.domains:
        for trace in domain.traces:
            recorded = answers.get(trace.question.id)
            if recorded and recorded.review:
                found.setdefault((recorded.review.by, recorded.review.consultancy), []).append(recorded.review)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        ReviewStatement(
            reviewer=reviewer,
            consultancy=consultancy,
            latest=max(date.fromisoformat(review.on) for review in reviews),
            reviewed=len(reviews),
            answered=result.answered,
        )
        for (reviewer, consultancy), reviews in ordered
    )
