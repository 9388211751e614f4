"""The coverage table: every item of the checklist, the questions that cover it, and what they rest on."""

from collections import Counter
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments.bank.coverage import questions_about
from assessments.bank.laws import Citation
from assessments.bank.types import ChecklistEntry, Domain, Edition, Question
from assessments.editions.newest import newest_offered
from assessments.editions.samples import SAMPLES
from assessments.editions.stored import edition_of
from assessments.models import EditionRow
from assessments.pages.html_cache import HtmlCache
from assessments.pages.sample_coverage import AskedAtDepth, SampleCoverage, sample_coverages

# Everybody reads the same, and it changes with the edition alone: all of them, for both kinds of reader.
_LAID_OUT = HtmlCache(most_bytes=2_000_000, most_seconds=3600)


@dataclass(frozen=True, slots=True)
class CoveringQuestion:
    question: Question
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """`concerned` and `asked` are about the sample business that was chosen, if any."""

    code: str
    text: str
    questions: tuple[CoveringQuestion, ...]
    concerned: bool = True
    asked: tuple[AskedAtDepth, ...] = ()

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
    """`samples` are the sample businesses, `chosen` the one whose questions are shown at each item."""

    edition: Edition
    lines: tuple[CoverageLine, ...]
    samples: tuple[SampleCoverage, ...]
    chosen: SampleCoverage | None

    @property
    def groups(self) -> tuple[CoverageGroup, ...]:
        """Every item once, in the domain that asks most about it."""
        groups = (
            CoverageGroup(domain, tuple(line for line in self.lines if line.domain == domain.code))
            for domain in self.edition.domains
        )
        return tuple(group for group in groups if group.lines)


def coverage_html(business: str, *, shows_checks: bool) -> SafeString:
    """What stands on the page, kept in the process: laying it out takes some eighty milliseconds.

    Raises EditionRow.DoesNotExist while nothing is published.
    """
    row = newest_offered()
    chosen = business if business in {sample.id for sample in SAMPLES} else ""

    def lay_out() -> str:
        context = {"page": coverage_page(row, chosen), "shows_checks": shows_checks}
        return render_to_string("assessments/_coverage.html", context)

    key = (row.pk, row.published_at, chosen, shows_checks, get_language())
    return mark_safe(_LAID_OUT.get_or_set(key, lay_out))  # noqa: S308 (made by our own template, which escapes)


def coverage_page(row: EditionRow, business: str = "") -> CoveragePage:
    """Of an edition. `business` is the id of a sample business; any other text chooses none."""
    edition = edition_of(row)
    samples = sample_coverages(edition)
    chosen = next((sample for sample in samples if sample.id == business), None)
    lines = tuple(_line(edition, entry, chosen) for entry in edition.checklist.values())
    return CoveragePage(edition, lines, samples, chosen)


def _line(edition: Edition, entry: ChecklistEntry, chosen: SampleCoverage | None) -> CoverageLine:
    covering = tuple(_covering(edition, question) for question in questions_about(edition, entry.id))
    if chosen is None:
        return CoverageLine(entry.id, entry.text, covering)
    return CoverageLine(entry.id, entry.text, covering, chosen.is_concerned(entry), chosen.asked(edition, entry.id))


def _covering(edition: Edition, question: Question) -> CoveringQuestion:
    return CoveringQuestion(question, tuple(edition.citations[use.label] for use in question.citations))
