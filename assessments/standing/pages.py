"""The question that is asked again, and the list of what was answered again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.permissions import Capability
from assessments.access import AssessmentAccess
from assessments.bank.types import Question
from assessments.models import Answer, StandingAnswer
from assessments.pages.answering.question_html import bound_question_html
from assessments.pages.asked_again import DueLine, SinceResult, due_lines, result_name, since_result
from assessments.presentation.answer_record import shown_proof
from assessments.presentation.placeholders import filled_question
from assessments.queries import given_at, open_runs
from assessments.scope_facts import business_place
from assessments.standing.forms import QuestionAgainForm
from assessments.standing_answers import StandingFigure, figure_since
from assessments.wording import answer_text


@dataclass(frozen=True, slots=True)
class OldAnswer:
    """Of the result, in words."""

    result: str
    answer: str
    given_at: datetime | None
    reason: str
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class QuestionAgainPage:
    """`again_at` is when it was last answered again. `run_is_open`: a full run has an answer of its own to it."""

    question: Question
    domain: str
    html: SafeString
    old: OldAnswer
    has_old: bool
    again_at: datetime | None
    run_is_open: bool


@dataclass(frozen=True, slots=True)
class AgainLine:
    """`move` is a word for what changed: better, worse, the same, other."""

    id: str
    text: str
    before: str
    after: str
    move: str
    who: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class AnsweredAgainPage:
    since: SinceResult
    lines: tuple[AgainLine, ...]
    due: tuple[DueLine, ...]
    can_answer: bool
    can_make_interim: bool
    run_is_open: bool


def question_again_page(
    access: AssessmentAccess, form: QuestionAgainForm, old: Answer | None, again: StandingAnswer | None, day: date
) -> QuestionAgainPage:
    """`old` is the answer of the result, if it counts there."""
    question = filled_question(access.edition, business_place(access.assessment, day), form.question)
    return QuestionAgainPage(
        question=question,
        domain=access.edition.domain[question.domain].title,
        html=bound_question_html(form, question),
        old=OldAnswer(
            result=result_name(access.assessment),
            answer=answer_text(access.edition, question, old.kind if old else None, old.level if old else None),
            given_at=given_at(old) if old else None,
            reason=old.reason if old else "",
            evidence=shown_proof(old.level, old.evidence) if old else "",
            note=old.note if old else "",
        ),
        has_old=old is not None,
        again_at=again.saved_at if again else None,
        run_is_open=has_open_run(access),
    )


def answered_again_page(access: AssessmentAccess, day: date) -> AnsweredAgainPage:
    figure = figure_since(access.assessment)
    return AnsweredAgainPage(
        since=since_result(figure),
        lines=tuple(_line(figure, row) for row in figure.again.values() if row.question in figure.edition.question),
        due=due_lines(access.assessment, figure.due(day)),
        can_answer=access.can(Capability.ANSWER),
        can_make_interim=access.can(Capability.SUBMIT) and bool(figure.again),
        run_is_open=has_open_run(access),
    )


def has_open_run(access: AssessmentAccess) -> bool:
    return open_runs(access.assessment.organisation.assessments.all()).exists()


def counted_answer(rows: Mapping[str, Answer], question: str) -> Answer | None:
    """The answer of the result, unless it was given to an older question or is a note alone."""
    row = rows.get(question)
    return row if row and row.kind != "open" and row.given_under_id is None else None


def _line(figure: StandingFigure, row: StandingAnswer) -> AgainLine:
    question, old = figure.edition.question[row.question], counted_answer(figure.earlier, row.question)
    return AgainLine(
        id=question.id,
        text=question.text,
        before=answer_text(figure.edition, question, old.kind if old else None, old.level if old else None),
        after=answer_text(figure.edition, question, row.kind, row.level),
        move=_move(old, row),
        who=str(row.saved_by),
        at=timezone.localtime(row.saved_at),
        version=row.version,
    )


def _move(old: Answer | None, row: StandingAnswer) -> str:
    if old and (old.kind, old.level) == (row.kind, row.level):
        return _("Still the same")
    if old is None or old.level is None or row.level is None:
        return _("Different")
    return _("Better") if row.level > old.level else _("Worse")
