"""One domain: its questions with their answers, filtered or whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.urls import reverse

from accounts.permissions import Capability
from assessments.access import AssessmentAccess
from assessments.bank.types import Domain, Question
from assessments.forms.question import QuestionForm
from assessments.models import Answer, AnswerKind
from assessments.pages.answering.conflict import Conflict
from assessments.pages.answering.done import DomainDone
from assessments.pages.answering.earlier import earlier_answers
from assessments.pages.answering.question_html import bound_question_html, question_html
from assessments.pages.answering.walk import (
    DomainsAround,
    QuestionBlock,
    domains_around,
    one_after_another,
    progress_of,
)
from assessments.pages.collaboration.panel_html import panels_html
from assessments.pages.collaboration.side_panels import DomainCollaboration, QuestionSidePanel
from assessments.presentation.placeholders import filled_question
from assessments.scope_facts import business_place
from assessments.scoring.progress import Progress
from assessments.wording import answer_text

FEW = 2
"""So many questions are seen at one look."""


class QuestionFilter(StrEnum):
    """Which questions of a domain to show."""

    ALL = "all"
    OPEN = "open"
    UNKNOWN = "unknown"
    TAKEN_OVER = "taken-over"
    QUESTIONED = "questioned"


@dataclass(frozen=True, slots=True)
class DomainPage:
    domain: Domain
    url: str
    around: DomainsAround
    blocks: tuple[QuestionBlock, ...]
    show: QuestionFilter
    progress: Progress
    taken_over: int
    done: DomainDone | None = None

    @property
    def has_filters(self) -> bool:
        """A few questions need none."""
        return self.show is not QuestionFilter.ALL or len(self.blocks) > FEW or self.taken_over > 0

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
    done: DomainDone | None = None,
) -> DomainPage:
    """`forms` are those with errors and `conflicts` those not stored; both are shown whatever the filter.

    `done` is what the domain before came to, for somebody who has just finished it. `day` is today: which authority a
    help text names may depend on it.
    """
    found = progress_of(access, rows)
    forms, conflicts, earlier = forms or {}, conflicts or {}, earlier_answers(rows)
    beside, panels = _beside(access, collaboration)
    place = business_place(access.assessment, day)
    blocks = [
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
        if question.id in {*forms, *conflicts} or _shown(rows.get(question.id), beside.get(question.id), show)
    ]
    blocks = [_folded(access, block, rows, show) for block in blocks]
    around = domains_around(access, found, domain)
    return DomainPage(
        domain=domain,
        url=_url(access, domain, show),
        around=around,
        blocks=tuple(one_after_another(access, around.before, blocks)),
        show=show,
        progress=found,
        taken_over=next(part.taken_over for part in found.walk if part.code == domain.code),
        done=done,
    )


def _beside(
    access: AssessmentAccess, collaboration: DomainCollaboration | None
) -> tuple[Mapping[str, QuestionSidePanel], Mapping[str, str]]:
    """What stands beside each question, and its HTML."""
    return (collaboration.panels, panels_html(access.assessment, collaboration)) if collaboration else ({}, {})


def _url(access: AssessmentAccess, domain: Domain, show: QuestionFilter) -> str:
    """Where the form is sent: without the question at which the browser stands."""
    url = reverse("domain", args=[access.assessment.pk, domain.code])
    return url if show is QuestionFilter.ALL else f"{url}?show={show}"


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
        text=question.text,
        html=html,
        save_url=reverse("answer_save", args=[access.assessment.pk, question.id])
        + f"?edition={access.assessment.edition_id}",
        saved_at=row.saved_at if row and row.given_under_id is None and row.taken_over_from != row.saved_at else None,
        taken_over=row.taken_over_from if row else None,
        conflict=conflict,
        invalid=bool(form and form.errors),
        open=row is None or row.kind == AnswerKind.OPEN or row.given_under_id is not None,
    )


def _folded(
    access: AssessmentAccess, block: QuestionBlock, rows: Mapping[str, Answer], show: QuestionFilter
) -> QuestionBlock:
    """What is answered and asks for nothing more is one line, to open; not for who has come to read the answers."""
    reads = access.can(Capability.REVIEW) or not access.can(Capability.ANSWER)
    if reads or show is not QuestionFilter.ALL or _waits(block):
        return block
    row = rows[block.id]
    return replace(block, given=answer_text(access.edition, access.edition.question[block.id], row.kind, row.level))


def _waits(block: QuestionBlock) -> bool:
    """For an answer, a correction, a choice, or somebody's confirmation."""
    if block.beside is not None and (block.beside.questioned or block.beside.opened):
        return True
    return bool(block.open or block.invalid or block.conflict or block.earlier or block.taken_over)


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
