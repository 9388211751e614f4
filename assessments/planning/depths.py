"""What the depth of a run changes: labels that differ, with the questions that make the difference, and duties."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.bank.types import Depth, Edition
from assessments.planning.next_label import Rise, domain_rises, pillar_rises
from assessments.scoring.terms import prepare_questions
from assessments.scoring.types import Run, ScoredResult


@dataclass(frozen=True, slots=True)
class LabelDifference:
    """The labels of a domain or pillar in two results, more than one apart.

    `rises` are the smallest set in the result with the lower label that brings it within one of the other: these
    questions make the difference.
    """

    code: str
    label: int
    other_label: int
    rises: tuple[Rise, ...]


def label_differences(result: ScoredResult, other: ScoredResult) -> tuple[LabelDifference, ...]:
    """Of two results of the same business and answers: pillars, then domains, in the order of the first.

    Neither is deeper by rule: more questions can raise a label as well as lower it.
    """
    pillars = _differences(result, other, _pillar_labels, pillar_rises)
    domains = _differences(result, other, _domain_labels, domain_rises)
    return (*pillars, *domains)


def _differences(
    result: ScoredResult,
    other: ScoredResult,
    labels: Callable[[ScoredResult], Mapping[str, int]],
    rises: Callable[[ScoredResult, str, int], tuple[Rise, ...]],
) -> Iterator[LabelDifference]:
    there = labels(other)
    for code, label in labels(result).items():
        if code in there and abs(label - there[code]) > 1:
            lower = result if label < there[code] else other
            needed = max(label, there[code]) - 1
            yield LabelDifference(code, label, there[code], rises(lower, code, needed))


def _pillar_labels(result: ScoredResult) -> Mapping[str, int]:
    return {pillar.code: pillar.label for pillar in result.pillars if pillar.label is not None}


def _domain_labels(result: ScoredResult) -> Mapping[str, int]:
    return {domain.code: domain.low.figure.label for domain in result.domains if domain.low}


def duties_left_out(edition: Edition, run: Run, today: date) -> int:
    """How many duties that this business certainly has today only a deeper run asks about."""
    full = Run(Depth.FULL, run.tags, run.provisional)
    return _certain_duties(edition, full, today) - _certain_duties(edition, run, today)


def _certain_duties(edition: Edition, run: Run, today: date) -> int:
    domains = prepare_questions(edition, run, today).domains
    return sum(not own.open_facts for _, questions in domains for asked in questions for own in asked.duties)
