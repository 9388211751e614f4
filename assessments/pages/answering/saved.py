"""What the page learns after one answer was saved: when, which version, and the new progress."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assessments.access import AssessmentAccess
from assessments.bank.types import Question
from assessments.models import Answer
from assessments.queries import AnswerRow, run_of, scored_answers, taken_over_among
from assessments.scoring.progress import Progress, progress


@dataclass(frozen=True, slots=True)
class SavedPage:
    """`confirmed`: the answer was taken over from an earlier run until now."""

    question: str
    version: int
    saved_at: datetime | None
    confirmed: bool
    progress: Progress


def saved_page(
    access: AssessmentAccess,
    question: Question,
    row: Answer | None,
    before: Iterable[AnswerRow],
    *,
    was_taken_over: bool,
) -> SavedPage:
    """`before` are the answers of the run as they were read, `row` is the one just saved."""
    rows: list[AnswerRow] = [each for each in before if each.question != question.id]
    if row is not None:
        rows.append(row)
    return SavedPage(
        question=question.id,
        version=row.version if row else 0,
        saved_at=row.saved_at if row else None,
        confirmed=was_taken_over and row is not None and row.taken_over_from is None,
        progress=progress(access.edition, run_of(access.assessment), scored_answers(rows), taken_over_among(rows)),
    )
