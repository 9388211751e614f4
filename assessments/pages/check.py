"""Check your answers: everything given so far, and what is still open, before the result is frozen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.access import Seen
from assessments.bank.types import Domain, Question
from assessments.models import Answer, AnswerKind
from assessments.pages.overview import question_url
from assessments.queries import run_of, scored
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


@dataclass(frozen=True, slots=True)
class CheckPage:
    domains: tuple[tuple[Domain, tuple[AnswerLine, ...]], ...]
    progress: Progress

    @property
    def open_count(self) -> int:
        return self.progress.asked - self.progress.answered


def check_page(seen: Seen, rows: dict[str, Answer]) -> CheckPage:
    run = run_of(seen.assessment)
    lines = {
        domain: tuple(
            _line(seen, question, rows.get(question.id))
            for question in seen.edition.by_domain[domain.code]
            if asks(question, run.depth, run.tags)
        )
        for domain in seen.edition.domains
    }
    return CheckPage(
        domains=tuple((domain, asked) for domain, asked in lines.items() if asked),
        progress=progress(seen.edition, run, scored(rows.values())),
    )


def _line(seen: Seen, question: Question, row: Answer | None) -> AnswerLine:
    again = row is not None and row.given_under_id is not None
    kind = row.kind if row and not again else AnswerKind.OPEN
    return AnswerLine(
        question=question,
        url=question_url(seen, question),
        given=_("Look at this again: the question changed.")
        if again
        else answer_text(seen.edition, question, kind, row.level if row else None),
        is_open=kind == AnswerKind.OPEN,
        is_unknown=kind == AnswerKind.UNKNOWN,
        reason=row.reason if row and not again else "",
        evidence=row.evidence if row else "",
        note=row.note if row else "",
    )
