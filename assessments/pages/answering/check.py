"""Check your answers: everything given so far, and what is still open, before the result is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.permissions import Capability
from assessments.access import AssessmentAccess
from assessments.bank.types import Domain, Question
from assessments.collaboration import ReviewCounts, count_reviews
from assessments.models import Answer, AnswerKind, AnswerReview
from assessments.pages.collaboration.side_panels import ReviewLine, review_line
from assessments.pages.overview import question_url
from assessments.presentation.answer_record import shown_proof
from assessments.queries import run_of, scored_answers, taken_over_among
from assessments.scoring.progress import Progress, progress
from assessments.scoring.terms import asks
from assessments.wording import answer_text


@dataclass(frozen=True, slots=True)
class AnswerLine:
    question: Question
    url: str
    given: str
    is_open: bool
    is_unknown: bool
    reason: str
    evidence: str
    note: str
    note_left_out: bool
    review: ReviewLine | None
    taken_over: datetime | None = None

    @property
    def settled(self) -> bool:
        """Answered, confirmed and not disputed: nothing is left to do about it."""
        return not (self.is_open or self.is_unknown or self.taken_over or self.questioned)

    @property
    def questioned(self) -> bool:
        return self.review is not None and self.review.questions


DomainLines = tuple[tuple[Domain, tuple[AnswerLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    domains: DomainLines
    progress: Progress
    reviewed: ReviewCounts | None
    to_look_at: tuple[Domain, ...]

    @property
    def to_confirm(self) -> tuple[tuple[Domain, int], ...]:
        """Domains with answers taken over from an earlier run that nobody has confirmed, and how many."""
        counts = {domain: sum(line.taken_over is not None for line in lines) for domain, lines in self.domains}
        return tuple((domain, count) for domain, count in counts.items() if count)

    @property
    def to_settle(self) -> DomainLines:
        """What is open, not known, disputed or still to be confirmed: the page shows it, and folds the rest."""
        return self._lines(settled=False)

    @property
    def settled(self) -> DomainLines:
        return self._lines(settled=True)

    @property
    def settled_count(self) -> int:
        return sum(len(lines) for _, lines in self.settled)

    def _lines(self, *, settled: bool) -> DomainLines:
        found = ((domain, tuple(line for line in lines if line.settled is settled)) for domain, lines in self.domains)
        return tuple((domain, lines) for domain, lines in found if lines)

    @property
    def open_count(self) -> int:
        return self.progress.asked - self.progress.answered


def check_page(access: AssessmentAccess, rows: dict[str, Answer], reviews: Mapping[str, AnswerReview]) -> CheckPage:
    """`reviews` are the latest by question. Without any, only a person who may review sees how many there are."""
    run = run_of(access.assessment)
    lines = {
        domain: tuple(
            _line(access, question, rows.get(question.id), reviews.get(question.id))
            for question in access.edition.by_domain[domain.code]
            if asks(question, run.depth, run.tags)
        )
        for domain in access.edition.domains
    }
    asked = [line.question.id for found in lines.values() for line in found]
    return CheckPage(
        domains=tuple((domain, found) for domain, found in lines.items() if found),
        progress=progress(access.edition, run, scored_answers(rows.values()), taken_over_among(rows.values())),
        reviewed=count_reviews(asked, rows, reviews) if reviews or access.can(Capability.REVIEW) else None,
        to_look_at=tuple(domain for domain, found in lines.items() if any(line.questioned for line in found)),
    )


def _line(access: AssessmentAccess, question: Question, row: Answer | None, review: AnswerReview | None) -> AnswerLine:
    given = row or Answer(kind=AnswerKind.OPEN)
    again = given.given_under_id is not None
    kind = AnswerKind.OPEN if again else given.kind
    text = answer_text(access.edition, question, kind, given.level)
    return AnswerLine(
        question=question,
        url=question_url(access, question),
        given=_("Look at this again: the question changed.") if again else text,
        is_open=kind == AnswerKind.OPEN,
        is_unknown=kind == AnswerKind.UNKNOWN,
        reason="" if again else given.reason,
        evidence=shown_proof(given.level if kind == AnswerKind.LEVEL else None, given.evidence),
        note=given.note,
        note_left_out=given.note_left_out,
        review=review_line(review, row) if review else None,
        taken_over=given.taken_over_from,
    )
