"""The coverage table: every item of the checklist, the questions that cover it, and what they rest on."""

from collections import Counter
from dataclasses import dataclass

from assessments.bank.laws import Citation
from assessments.bank.types import Domain, Edition, Question
from assessments.editions.stored import edition_of, newest_published


@dataclass(frozen=True, slots=True)
class CoveringQuestion:
    question: Question
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    code: str
    text: str
    questions: tuple[CoveringQuestion, ...]

    @property
    def domain(self) -> str:
        """The domain with most of the questions that cover the item; the first one if several have as many."""
        found = Counter(covering.question.domain for covering in self.questions)
        return found.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    domain: Domain
    lines: tuple[CoverageLine, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    edition: Edition
    lines: tuple[CoverageLine, ...]

    @property
    def groups(self) -> tuple[CoverageGroup, ...]:
        """Every item once, in the domain that asks most about it."""
        groups = (
            CoverageGroup(domain, tuple(line for line in self.lines if line.domain == domain.code))
            for domain in self.edition.domains
        )
        return tuple(group for group in groups if group.lines)


def coverage_page() -> CoveragePage:
    """Of the edition that new runs start on. Raises EditionRow.DoesNotExist while nothing is published."""
    edition = edition_of(newest_published())
    return CoveragePage(
        edition=edition,
        lines=tuple(
            CoverageLine(
                code, entry.text, tuple(_covering(edition, q) for q in edition.questions if code in q.checklist)
            )
            for code, entry in edition.checklist.items()
        ),
    )


def _covering(edition: Edition, question: Question) -> CoveringQuestion:
    return CoveringQuestion(question, tuple(edition.citations[use.label] for use in question.citations))
