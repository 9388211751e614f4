"""The result page: where the business stands, what caps it, what to do first, what the law still asks.

A frozen result never changes and its edition neither, so each process caches the HTML. What depends on the
reader or on the day is not in here: the view adds it around these parts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.access import AssessmentAccess
from assessments.bank.types import Edition
from assessments.collaboration import has_been_discussed
from assessments.formatting.charts import domain_rows
from assessments.models import Assessment, Result
from assessments.told_results import read_told_result
from assessments.wording.figures import PillarWords
from assessments.wording.result import result_words

KEPT = 64
"""Results whose HTML a process caches, at about 100 kB each."""

Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class PillarCard:
    words: PillarWords

    @property
    def steps(self) -> tuple[bool, ...]:
        """One mark for each label, filled up to the one reached."""
        return tuple(self.words.label is not None and step <= self.words.label for step in range(5))


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The parts of the page as HTML, in order. Once a run is finished, its comments are as fixed as its answers."""

    summary: SafeString
    figures: SafeString
    first: SafeString
    lists: SafeString
    has_comments: bool


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """Everything that the HTML of a frozen result depends on, and nothing else."""

    result_id: UUID
    assessment_id: UUID
    edition: Edition
    language: str | None


def result_page(access: AssessmentAccess, result: Result) -> ResultPage:
    """The parts of the page, from the cache if this process has rendered them before."""
    return kept(_lay_out, _lay_out.__wrapped__)(frozen_page(access, result))


def frozen_page(access: AssessmentAccess, result: Result) -> FrozenPage:
    return FrozenPage(result.pk, access.assessment.pk, access.edition, get_language())


def kept(keeping: Callable[[FrozenPage], Page], anew: Callable[[FrozenPage], Page]) -> Callable[[FrozenPage], Page]:
    """A developer who changes a template sees the change at once."""
    return anew if settings.DEBUG else keeping


@lru_cache(maxsize=KEPT)
def _lay_out(page: FrozenPage) -> ResultPage:
    told = read_told_result(page.result_id, page.edition)
    words = result_words(told)
    context = {
        "assessment_id": page.assessment_id,
        "words": words,
        "cards": tuple(PillarCard(pillar) for pillar in words.pillars if pillar.figure.assessed),
        "rows": domain_rows(told),
    }
    return ResultPage(
        summary=render_to_string("assessments/told/summary.html", context),
        figures=render_to_string("assessments/told/figures.html", context),
        first=render_to_string("assessments/told/first.html", context),
        lists=render_to_string("assessments/told/lists.html", context),
        has_comments=has_been_discussed(Assessment(pk=page.assessment_id)),
    )
