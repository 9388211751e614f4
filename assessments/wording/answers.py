"""An answer in words."""

from django.utils.translation import gettext as _

from assessments.bank.types import Edition, Question
from assessments.bank.whole_levels import whole_level
from assessments.scoring.types import ScoredAnswerKind


def answer_text(edition: Edition, question: Question, kind: str | None, level: int | None) -> str:
    """The answer in the question's own words, which can stand alone; `kind` as in ScoredAnswerKind, None: no answer."""
    if kind == ScoredAnswerKind.LEVEL and level is not None:
        return whole_level(question, level)
    if kind == ScoredAnswerKind.UNKNOWN:
        return edition.unknown.name if edition.unknown else _("Don’t know")
    if kind == ScoredAnswerKind.NOT_APPLICABLE:
        return _("Not applicable")
    return _("Not answered yet")
