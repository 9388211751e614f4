"""What the page learns after one answer was saved: when, which version, and the new progress."""

from dataclasses import dataclass
from datetime import datetime

from assessments.access import AssessmentAccess
from assessments.bank.types import Question
from assessments.models import Answer
from assessments.queries import run_of
from assessments.scoring.progress import Progress, progress
from assessments.scoring.types import Answers


@dataclass(frozen=True, slots=True)
class SavedPage:
    question: str
    version: int
    saved_at: datetime | None
    progress: Progress


def saved_page(access: AssessmentAccess, question: Question, row: Answer | None, answers: Answers) -> SavedPage:
    """`answers` are those of the run with the one just saved."""
    return SavedPage(
        question=question.id,
        version=row.version if row else 0,
        saved_at=row.saved_at if row else None,
        progress=progress(access.edition, run_of(access.assessment), answers),
    )
