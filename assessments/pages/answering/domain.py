"""One domain: its questions with their answers, filtered or whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.access import AssessmentAccess
from assessments.bank.types import Domain, Question
from assessments.forms.question import QuestionForm
from assessments.models import Answer, AnswerKind
from assessments.pages.answering.conflict import Conflict
from assessments.pages.answering.earlier import EarlierAnswer, earlier_answers
from assessments.pages.answering.question_html import bound_question_html, question_html
from assessments.pages.collaboration.panel_html import panels_html
from assessments.pages.collaboration.side_panels import DomainCollaboration, QuestionSidePanel
from assessments.presentation.placeholders import filled_question
from assessments.queries import run_of, scored_answers, taken_over_among
from assessments.scope_facts import business_place
from assessments.scoring.progress import Progress, progress


class QuestionFilter(StrEnum):
    """Which questions of a domain to show."""

    ALL = "all"
    OPEN = "open"
    UNKNOWN = "unknown"
    TAKEN_OVER = "taken-over"
    QUESTIONED = "questioned"


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """`taken_over` is when an answer that waits to be confirmed was given."""

    id: str
    html: SafeString
    save_url: str
    saved_at: datetime | None
    beside: QuestionSidePanel | None = None
    panel_html: str = ""
    earlier: EarlierAnswer | None = None
    taken_over: datetime | None = None
    conflict: Conflict | None = None
    invalid: bool = False


@dataclass(frozen=True, slots=True)
class DomainPage:
    domain: Domain
    number: int
    total: int
    blocks: tuple[QuestionBlock, ...]
    show: QuestionFilter
    progress: Progress
    before: Domain | None
    after: Domain | None
    taken_over: int

    @property
    def to_confirm(self) -> int:
        """How many answers on this page wait to be confirmed."""
        return sum(block.taken_over is not None for block in self.blocks)


def domain_page(
    access: AssessmentAccess,
    domain: Domain,
    asked: tuple[Question, ...],
    rows: dict[str, Answer],
    *,
    day: date,
    show: QuestionFilter = QuestionFilter.ALL,
    collaboration: DomainCollaboration | None = None,
    forms: Mapping[str, QuestionForm] | None = None,
    conflicts: Mapping[str, Conflict] | None = None,
) -> DomainPage:
    """`forms` are those with errors and `conflicts` those not stored; both are shown whatever the filter.

    `day` is today: which authority a help text names may depend on it.
    """
    found = _progress(access, rows)
    codes = [part.code for part in found.domains if part.asked]
    at, around = codes.index(domain.code), dict(enumerate(codes))
    forms, conflicts, earlier = forms or {}, conflicts or {}, earlier_answers(rows)
    always = forms.keys() | conflicts.keys()
    beside = collaboration.panels if collaboration else {}
    panels = panels_html(access.assessment, collaboration) if collaboration else {}
    place = business_place(access.assessment, day)
    return DomainPage(
        domain=domain,
        number=at + 1,
        total=len(codes),
        blocks=tuple(
            replace(
                _block(
                    access,
                    filled_question(access.edition, place, question),
                    rows.get(question.id),
                    forms.get(question.id),
                    conflicts.get(question.id),
                ),
                beside=beside.get(question.id),
                panel_html=panels.get(question.id, ""),
                earlier=earlier.get(question.id),
            )
            for question in asked
            if question.id in always or _shown(rows.get(question.id), beside.get(question.id), show)
        ),
        show=show,
        progress=found,
        before=access.edition.domain.get(around.get(at - 1, "")),
        after=access.edition.domain.get(around.get(at + 1, "")),
        taken_over=next(part.taken_over for part in found.domains if part.code == domain.code),
    )


def _progress(access: AssessmentAccess, rows: Mapping[str, Answer]) -> Progress:
    """Of a run with these answers by question; what is taken over is counted apart."""
    run, answers = run_of(access.assessment), scored_answers(rows.values())
    return progress(access.edition, run, answers, taken_over_among(rows.values()))


def _block(
    access: AssessmentAccess,
    question: Question,
    row: Answer | None,
    form: QuestionForm | None,
    conflict: Conflict | None,
) -> QuestionBlock:
    if form:
        html = bound_question_html(form, question)
    else:
        html = question_html(question, frozenset(access.assessment.tags), row, access.edition.unknown)
    return QuestionBlock(
        id=question.id,
        html=html,
        save_url=reverse("answer_save", args=[access.assessment.pk, question.id])
        + f"?edition={access.assessment.edition_id}",
        saved_at=row.saved_at if row and row.given_under_id is None and row.taken_over_from != row.saved_at else None,
        taken_over=row.taken_over_from if row else None,
        conflict=conflict,
        invalid=bool(form and form.errors),
    )


def _shown(row: Answer | None, beside: QuestionSidePanel | None, show: QuestionFilter) -> bool:
    kind = AnswerKind.OPEN if row is None or row.given_under_id is not None else row.kind
    if show is QuestionFilter.OPEN:
        return kind == AnswerKind.OPEN
    if show is QuestionFilter.UNKNOWN:
        return kind == AnswerKind.UNKNOWN
    if show is QuestionFilter.TAKEN_OVER:
        return row is not None and row.taken_over_from is not None
    if show is QuestionFilter.QUESTIONED:
        return beside is not None and beside.questioned
    return True
