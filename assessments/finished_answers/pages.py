"""Every question of a finished assessment with its answer, in the order of the bank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.http import QueryDict

from accounts.paging import ListPage, list_page
from assessments.access import AssessmentAccess
from assessments.bank.types import Domain, Question
from assessments.models import Answer, AnsweredAs, AnswerKind
from assessments.presentation.answer_record import shown_proof
from assessments.queries import run_of
from assessments.scoring.terms import asks
from assessments.wording import answer_text, level_name

QUESTIONS_ON_A_PAGE = 40
"""Notes may be long: a page stays well below 100 kB."""


@dataclass(frozen=True, slots=True)
class FinishedAnswer:
    """`level` names the level that was chosen, empty for other answers; `given` is what it says.

    `saved_at` is None where nobody answered. `for_business` is empty where it was not recorded.
    """

    question: Question
    level: str
    given: str
    reason: str
    note: str
    evidence: str
    note_left_out: bool
    saved_by: str
    saved_at: datetime | None
    for_business: str


@dataclass(frozen=True, slots=True)
class FinishedAnswersPage:
    """The answers of one page, domain by domain."""

    domains: tuple[tuple[Domain, tuple[FinishedAnswer, ...]], ...]
    page: ListPage[str]


def finished_answers_page(access: AssessmentAccess, query: QueryDict) -> FinishedAnswersPage:
    """One query: nothing in a finished assessment changes, so its rows are the answers that were frozen."""
    run, edition = run_of(access.assessment), access.edition
    asked = [
        question.id
        for domain in edition.domains
        for question in edition.by_domain[domain.code]
        if asks(question, run.depth, run.tags)
    ]
    page: ListPage[str] = list_page(asked, query, size=QUESTIONS_ON_A_PAGE)
    rows = _rows(access, page.rows)
    lines = [_line(access, edition.question[code], rows.get(code)) for code in page.rows]
    by_domain = groupby(lines, key=lambda line: line.question.domain)
    return FinishedAnswersPage(tuple((edition.domain[code], tuple(found)) for code, found in by_domain), page)


def _rows(access: AssessmentAccess, codes: Iterable[str]) -> Mapping[str, Answer]:
    rows = Answer.objects.filter(assessment=access.assessment, question__in=list(codes)).select_related("saved_by")
    return {row.question: row for row in rows.defer("saved_by__password")}


def _line(access: AssessmentAccess, question: Question, row: Answer | None) -> FinishedAnswer:
    given = row or Answer(kind=AnswerKind.OPEN)
    # What has to be looked at again was given to an older question, and did not count.
    kind = AnswerKind.OPEN if given.given_under_id is not None else given.kind
    level = given.level if kind == AnswerKind.LEVEL else None
    return FinishedAnswer(
        question=question,
        level=f"{level} {level_name(access.edition, level)}" if level is not None else "",
        given=answer_text(access.edition, question, kind, level),
        reason=given.reason if kind == AnswerKind.NOT_APPLICABLE else "",
        note=given.note,
        note_left_out=given.note_left_out,
        evidence=shown_proof(level, given.evidence),
        saved_by=str(row.saved_by) if row else "",
        saved_at=row.saved_at if row else None,
        for_business=str(AnsweredAs(row.answered_as).label) if row and row.answered_as else "",
    )
