"""The answers as they were when the assessment was finished, with notes, proof, reviews and comments."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from assessments.collaboration import is_current
from assessments.models import Answer, AnswerKind, AnswerReview, Comment
from assessments.presentation.answer_record import (
    RecordedAnswer,
    RecordedComment,
    RecordedReview,
    as_shown,
    shown_proof,
)

__all__ = ["RecordedAnswer", "RecordedComment", "RecordedReview", "load_recorded_answers", "record_answers"]


def record_answers(
    rows: Mapping[str, Answer], reviews: Mapping[str, AnswerReview], comments: Iterable[Comment]
) -> list[dict[str, Any]]:
    """`reviews` are the latest by question, `comments` those for the report; both may be about questions left open."""
    by_question: dict[str, list[RecordedComment]] = {}
    for comment in comments:
        by_question.setdefault(comment.question, []).append(RecordedComment(str(comment.author), comment.text))
    return [
        asdict(_recorded(question, rows.get(question), reviews.get(question), tuple(by_question.get(question, ()))))
        for question in sorted({*rows, *by_question})
    ]


def _recorded(
    question: str, row: Answer | None, review: AnswerReview | None, comments: tuple[RecordedComment, ...]
) -> RecordedAnswer:
    """What a report may show. An answer that has to be looked at again was given to an older question: only the note
    is recorded.
    """
    if row is None:
        return RecordedAnswer(question, AnswerKind.OPEN, None, "", "", "", comments=comments)
    note = "" if row.note_left_out else row.note
    if row.given_under_id is not None:
        return RecordedAnswer(question, AnswerKind.OPEN, None, "", note, "", comments=comments)
    found = _recorded_review(review) if review and is_current(review, row) else None
    given = (row.kind, row.level, row.reason, note, shown_proof(row.level, row.evidence))
    taken_over_from = _day(row.taken_over_from) if row.taken_over_from else ""
    return RecordedAnswer(
        question,
        *given,
        review=found,
        comments=comments,
        answered_as=row.answered_as,
        taken_over_from=taken_over_from,
    )


def _recorded_review(review: AnswerReview) -> RecordedReview:
    return RecordedReview(review.verdict, review.note, str(review.by), review.consultancy.name, _day(review.at))


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def load_recorded_answers(stored: list[dict[str, Any]]) -> dict[str, RecordedAnswer]:
    """By question, what `record_answers` made."""
    return {entry["question"]: _read(entry) for entry in stored}


def _read(entry: dict[str, Any]) -> RecordedAnswer:
    review, comments = entry.get("review"), entry.get("comments", ())
    found = RecordedAnswer(
        **{
            **entry,
            "review": RecordedReview(**review) if review else None,
            "comments": tuple(RecordedComment(**comment) for comment in comments),
        }
    )
    return as_shown(found)
