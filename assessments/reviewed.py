"""Whether a result is self-assessed or was reviewed, in words: one wording for the page and the PDF."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from assessments.results.recorded_answers import RecordedAnswer, RecordedReview
from assessments.scoring.types import ScoredResult
from assessments.wording import date_text


def reviewed_lines(outcome: ScoredResult, answers: Mapping[str, RecordedAnswer]) -> tuple[str, ...]:
    """A line for each reviewer, who reviewed most first; counted are reviews of what this run asks."""
    found: dict[tuple[str, str], list[RecordedReview]] = {}
    for domain in outcome.domains:
        for trace in domain.traces:
            recorded = answers.get(trace.question.id)
            if recorded and recorded.review:
                found.setdefault((recorded.review.by, recorded.review.consultancy), []).append(recorded.review)
    if not found:
        return (_("Self-assessed"),)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_line(who, reviews, outcome.answered) for who, reviews in ordered)


def review_day(review: RecordedReview) -> str:
    return date_text(date.fromisoformat(review.on))


def _line(who: tuple[str, str], reviews: list[RecordedReview], answered: int) -> str:
    return _("Reviewed by %(who)s of %(consultancy)s on %(day)s: %(count)d of %(answered)d answers") % {
        "who": who[0],
        "consultancy": who[1],
        "day": review_day(max(reviews, key=lambda review: review.on)),
        "count": len(reviews),
        "answered": answered,
    }
