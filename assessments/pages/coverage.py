"""The coverage table: every item of the checklist, the questions that cover it, and what they rest on."""

from dataclasses import dataclass

from assessments.bank.types import Citation, Edition, Question
from assessments.editions import edition_of, newest_published


@dataclass(frozen=True, slots=True)
class CoveringQuestion:
    question: Question
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    code: str
    text: str
    questions: tuple[CoveringQuestion, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    edition: Edition
    lines: tuple[CoverageLine, ...]


def coverage_page() -> CoveragePage:
    edition = edition_of(newest_published())
    return CoveragePage(
        edition=edition,
        lines=tuple(
            CoverageLine(code, text, tuple(_covering(edition, q) for q in edition.questions if code in q.checklist))
            for code, text in edition.checklist.items()
        ),
    )


def _covering(edition: Edition, question: Question) -> CoveringQuestion:
    return CoveringQuestion(question, tuple(edition.citations[use.label] for use in question.citations))
