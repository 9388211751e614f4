"""Check your answers: everything given so far, and what is still open, before the result is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.permissions import Capability
from assessments.access import Seen
from assessments.bank.types import Domain, Question
from assessments.models import Answer, AnswerKind, AnswerReview
from assessments.pages.overview import question_url
from assessments.pages.together import ReviewLine, review_line
from assessments.queries import run_of, scored
from assessments.scoring.progress import Progress, progress
from assessments.scoring.terms import asks
from assessments.together import Reviewed, reviewed
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
    review: ReviewLine | None

    @property
    def questioned(self) -> bool:
        return self.review is not None and self.review.questions


@dataclass(frozen=True, slots=True)
class CheckPage:
    domains: tuple[tuple[Domain, tuple[AnswerLine, ...]], ...]
    progress: Progress
    reviewed: Reviewed | None
    to_look_at: tuple[Domain, ...]

    @property
    def open_count(self) -> int:
        return self.progress.asked - self.progress.answered


def check_page(seen: Seen, rows: dict[str, Answer], reviews: Mapping[str, AnswerReview]) -> CheckPage:
    """`reviews` are the latest by question; nothing is said of reviews where there are none and nobody may review."""
    run = run_of(seen.assessment)
    lines = {
        domain: tuple(
            _line(seen, question, rows.get(question.id), reviews.get(question.id))
            for question in seen.edition.by_domain[domain.code]
            if asks(question, run.depth, run.tags)
        )
        for domain in seen.edition.domains
    }
    asked = [line.question.id for found in lines.values() for line in found]
    return CheckPage(
        domains=tuple((domain, found) for domain, found in lines.items() if found),
        progress=progress(seen.edition, run, scored(rows.values())),
        reviewed=reviewed(asked, rows, reviews) if reviews or seen.can(Capability.REVIEW) else None,
        to_look_at=tuple(domain for domain, found in lines.items() if any(line.questioned for line in found)),
    )


def _line(seen: Seen, question: Question, row: Answer | None, review: AnswerReview | None) -> AnswerLine:
    given = row or Answer(kind=AnswerKind.OPEN)
    again = given.given_under_id is not None
    kind = AnswerKind.OPEN if again else given.kind
    text = answer_text(seen.edition, question, kind, given.level)
    return AnswerLine(
        question=question,
        url=question_url(seen, question),
        given=_("Look at this again: the question changed.") if again else text,
        is_open=kind == AnswerKind.OPEN,
        is_unknown=kind == AnswerKind.UNKNOWN,
        reason="" if again else given.reason,
        evidence=given.evidence,
        note=given.note,
        review=review_line(review, row) if review else None,
    )
