"""What the sample businesses are asked: how many questions at each depth, and which of them ask about an item."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assessments.bank.coverage import CORE, questions_about
from assessments.bank.types import ChecklistEntry, Depth, Edition, Question
from assessments.editions.samples import SAMPLES, Sample, sample_tags
from assessments.scoring.terms import asks
from assessments.wording import depth_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class AskedAtDepth:
    """The questions about one item that a run of this depth asks beyond those of the shorter ones."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SampleCoverage:
    """`quick`, `standard` and `full` are how many questions are asked.

    `concerned` is how many items are about the business, `covered` how many of them a standard run asks about.
    """

    id: str
    name: "StrOrPromise"
    tags: frozenset[str]
    quick: int
    standard: int
    full: int
    concerned: int
    covered: int

    def is_concerned(self, entry: ChecklistEntry) -> bool:
        return entry.concerns.holds(self.tags)

    def asked(self, edition: Edition, item: str) -> tuple[AskedAtDepth, ...]:
        """By depth, shortest first; a depth that adds nothing is left out."""
        covering = [own for own in questions_about(edition, item) if asks(own, Depth.FULL, self.tags)]
        by_depth = ((depth, tuple(own for own in covering if own.depth is depth)) for depth in Depth)
        return tuple(AskedAtDepth(depth_name(depth), questions) for depth, questions in by_depth if questions)


@lru_cache(maxsize=4)
def sample_coverages(edition: Edition) -> tuple[SampleCoverage, ...]:
    """Of all sample businesses. Cached: an edition that is published never changes."""
    return tuple(_coverage(edition, sample) for sample in SAMPLES)


def _coverage(edition: Edition, sample: Sample) -> SampleCoverage:
    tags = sample_tags(edition.scope, sample)
    quick, standard, full = (sum(asks(own, depth, tags) for own in edition.questions) for depth in Depth)
    concerned = [entry for entry in edition.checklist.values() if entry.concerns.holds(tags)]
    covered = [entry for entry in concerned if any(asks(q, CORE, tags) for q in questions_about(edition, entry.id))]
    return SampleCoverage(sample.id, sample.name, tags, quick, standard, full, len(concerned), len(covered))
