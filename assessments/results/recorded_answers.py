"""The answers as they were on submission, stored with the result: what was said, noted, reviewed and shown as proof."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC
from typing import Any

from assessments.collaboration import is_current
from assessments.models import Answer, AnswerKind, AnswerReview, Comment
from assessments.presentation.answer_record import RecordedAnswer, RecordedComment, RecordedReview

__all__ = ["RecordedAnswer", "RecordedComment", "RecordedReview", "load_recorded_answers", "record_answers"]


def record_answers(
    rows: Mapping[str, Answer], reviews: Mapping[str, AnswerReview], comments: Iterable[Comment]
) -> list[dict[str, Any]]:
    """`reviews` are the latest by question, `comments` those for the report; both may be about questions left open."""
    said: dict[str, list[RecordedComment]] = {}
    for comment in comments:
        said.setdefault(comment.question, []).append(RecordedComment(str(comment.author), comment.text))
    return [
        asdict(_recorded(question, rows.get(question), reviews.get(question), tuple(said.get(question, ()))))
        for question in sorted({*rows, *said})
    ]


def _recorded(
    question: str, row: Answer | None, review: AnswerReview | None, said: tuple[RecordedComment, ...]
) -> RecordedAnswer:
    """An answer that nobody looked at again was not given to this question: only what was noted is recorded."""
    if row is None:
        return RecordedAnswer(question, AnswerKind.OPEN, None, "", "", "", comments=said)
    if row.given_under_id is not None:
        return RecordedAnswer(question, AnswerKind.OPEN, None, "", row.note, row.evidence, comments=said)
    found = _recorded_review(review) if review and is_current(review, row) else None
    return RecordedAnswer(question, row.kind, row.level, row.reason, row.note, row.evidence, found, said)


def _recorded_review(review: AnswerReview) -> RecordedReview:
    day = review.at.astimezone(UTC).date().isoformat()
    return RecordedReview(review.verdict, review.note, str(review.by), review.consultancy.name, day)


def load_recorded_answers(stored: list[dict[str, Any]]) -> dict[str, RecordedAnswer]:
    return {entry["question"]: _read(entry) for entry in stored}


def _read(entry: dict[str, Any]) -> RecordedAnswer:
    review, comments = entry.get("review"), entry.get("comments", ())
    return RecordedAnswer(
        **{
            **entry,
            "review": RecordedReview(**review) if review else None,
            "comments": tuple(RecordedComment(**comment) for comment in comments),
        }
    )
