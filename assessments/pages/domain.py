"""One domain: its questions with their answers, filtered or whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.access import Seen
from assessments.bank.types import Domain, Question
from assessments.forms.question import QuestionForm
from assessments.models import Answer, AnswerKind
from assessments.pages.conflict import Conflict
from assessments.pages.earlier import Earlier, earlier_answers
from assessments.pages.question_html import bound_question_html, question_html
from assessments.pages.together import Beside, Together
from assessments.queries import run_of, scored
from assessments.scoring.progress import Progress, progress


class Show(StrEnum):
    """Which questions of a domain to show."""

    ALL = "all"
    OPEN = "open"
    UNKNOWN = "unknown"
    QUESTIONED = "questioned"


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    id: str
    html: SafeString
    save_url: str
    saved_at: datetime | None
    beside: Beside | None = None
    earlier: Earlier | None = None
    conflict: Conflict | None = None
    invalid: bool = False


@dataclass(frozen=True, slots=True)
class DomainPage:
    domain: Domain
    number: int
    total: int
    blocks: tuple[QuestionBlock, ...]
    show: Show
    progress: Progress
    before: Domain | None
    after: Domain | None


def domain_page(
    seen: Seen,
    domain: Domain,
    asked: tuple[Question, ...],
    rows: dict[str, Answer],
    *,
    show: Show = Show.ALL,
    together: Together | None = None,
    forms: Mapping[str, QuestionForm] | None = None,
    conflicts: Mapping[str, Conflict] | None = None,
) -> DomainPage:
    """`forms` are those with errors and `conflicts` those not stored; both are shown whatever the filter."""
    found = progress(seen.edition, run_of(seen.assessment), scored(rows.values()))
    codes = [part.code for part in found.domains if part.asked]
    at = codes.index(domain.code)
    forms, conflicts, earlier = forms or {}, conflicts or {}, earlier_answers(rows)
    beside = together.beside if together else {}
    return DomainPage(
        domain=domain,
        number=at + 1,
        total=len(codes),
        blocks=tuple(
            replace(
                _block(seen, question, rows.get(question.id), forms.get(question.id), conflicts.get(question.id)),
                beside=beside.get(question.id),
                earlier=earlier.get(question.id),
            )
            for question in asked
            if question.id in forms
            or question.id in conflicts
            or _shown(rows.get(question.id), beside.get(question.id), show)
        ),
        show=show,
        progress=found,
        before=seen.edition.domain[codes[at - 1]] if at else None,
        after=seen.edition.domain[codes[at + 1]] if at + 1 < len(codes) else None,
    )


def _block(
    seen: Seen, question: Question, row: Answer | None, form: QuestionForm | None, conflict: Conflict | None
) -> QuestionBlock:
    return QuestionBlock(
        id=question.id,
        html=bound_question_html(form) if form else question_html(question, frozenset(seen.assessment.tags), row),
        save_url=reverse("answer", args=[seen.assessment.pk, question.id]) + f"?edition={seen.assessment.edition_id}",
        saved_at=row.saved_at if row and row.given_under_id is None else None,
        conflict=conflict,
        invalid=bool(form and form.errors),
    )


def _shown(row: Answer | None, beside: Beside | None, show: Show) -> bool:
    if show is Show.OPEN:
        return row is None or row.kind == AnswerKind.OPEN or row.given_under_id is not None
    if show is Show.UNKNOWN:
        return row is not None and row.kind == AnswerKind.UNKNOWN and row.given_under_id is None
    if show is Show.QUESTIONED:
        return beside is not None and beside.questioned
    return True
