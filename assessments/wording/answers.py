"""An answer in words."""

from django.utils.translation import gettext as _

from assessments.bank.types import Edition, Question
from assessments.scoring.types import ScoredAnswerKind


def answer_text(edition: Edition, question: Question, kind: str | None, level: int | None) -> str:
    """The answer in the question's own words; `kind` as in ScoredAnswerKind, None where nobody answered."""
    if kind == ScoredAnswerKind.LEVEL and level is not None:
        return question.levels[level]
    if kind == ScoredAnswerKind.UNKNOWN:
        return _("Don’t know")
    if kind == ScoredAnswerKind.NOT_APPLICABLE:
        return _("Not applicable")
    return _("Not answered yet")
