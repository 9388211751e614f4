"""What was answered before a question changed, for the person who looks at it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.editions.stored import edition_of
from assessments.models import Answer, EditionRow
from assessments.wording import answer_text


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """In the words of the edition under which it was given."""

    asked: str
    answer: str


def earlier_answers(rows: Mapping[str, Answer]) -> dict[str, EarlierAnswer]:
    """By question, of the answers that have to be looked at again; no query where there are none."""
    flagged = [row for row in rows.values() if row.given_under_id is not None]
    if not flagged:
        return {}
    given_under = EditionRow.objects.defer("frame").in_bulk({row.given_under_id for row in flagged})
    return {row.question: _earlier(row, given_under[row.given_under_id]) for row in flagged}


def _earlier(row: Answer, given_under: EditionRow) -> EarlierAnswer:
    edition = edition_of(given_under)
    question = edition.question.get(row.question)
    if question is None:
        return EarlierAnswer("", row.get_kind_display())
    return EarlierAnswer(question.text, answer_text(edition, question, row.kind, row.level))
