"""Which answers matter: what each unknown does to the range, and what named proof would do for each claim."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assessments.bank.types import Edition, Question
from assessments.planning.what_if import answers_in
from assessments.scoring.engine import score
from assessments.scoring.types import TOP, Figure, FindOut, ScoredAnswer, ScoredAnswerKind, ScoredResult, Sum

PROVEN_FROM = 3
"""Levels from here on count as 2 in "with proof" while no proof is named (rule 18)."""


@dataclass(frozen=True, slots=True)
class RangeEnds:
    """What knowing one answer does to the range of a pillar.

    The range is from `low` to `high` now. With the answer at the highest level it begins at `best`, with the answer at
    the lowest it ends at `worst`.
    """

    pillar: str
    low: Figure
    best: Figure
    worst: Figure
    high: Figure

    @property
    def tenths(self) -> int:
        """By how much both ends together can move."""
        return _tenths(self.best) - _tenths(self.low) + _tenths(self.high) - _tenths(self.worst)


@dataclass(frozen=True, slots=True)
class UnknownMatters:
    """An answer that nobody knows, with the pillars whose range it moves; `ranges` is empty where it moves none."""

    found: FindOut
    ranges: tuple[RangeEnds, ...]

    @property
    def tenths(self) -> int:
        return sum(own.tenths for own in self.ranges)


@dataclass(frozen=True, slots=True)
class ProofGain:
    """The figure of a pillar counting only what has proof, before and after one more is named."""

    pillar: str
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class ClaimMatters:
    """An answer of level 3 or 4 without named proof, and what naming it moves; `gains` may be empty."""

    question: Question
    level: int
    gains: tuple[ProofGain, ...]

    @property
    def tenths(self) -> int:
        return sum(_tenths(own.after) - _tenths(own.before) for own in self.gains)


def unknowns_by_weight_on_range(edition: Edition, result: ScoredResult, day: date) -> tuple[UnknownMatters, ...]:
    """Those first that can move the range most, then in the order of the list of what to find out (rule 15)."""
    answers = answers_in(result)
    now = score(edition, result.run, answers, day)
    found = [_unknown(edition, now, answers, item, day) for item in result.find_out]
    return tuple(sorted(found, key=lambda own: -own.tenths))


def claims_without_proof(edition: Edition, result: ScoredResult, day: date) -> tuple[ClaimMatters, ...]:
    """Those first for which naming proof moves most, then the weightiest, then in bank order."""
    answers = answers_in(result)
    now = score(edition, result.run, answers, day)
    found = [
        ClaimMatters(trace.question, trace.low, _gains(edition, now, answers, trace.question.id, day))
        for domain in result.domains
        for trace in domain.traces
        if trace.low is not None and trace.low == trace.high and trace.low >= PROVEN_FROM and trace.proven != trace.low
    ]
    return tuple(sorted(found, key=lambda own: (-own.tenths, -own.question.weight)))


def _unknown(
    edition: Edition, now: ScoredResult, answers: Mapping[str, ScoredAnswer], item: FindOut, day: date
) -> UnknownMatters:
    def known(level: int) -> ScoredResult:
        answer = ScoredAnswer(ScoredAnswerKind.LEVEL, level)
        return score(edition, now.run, {**answers, item.question.id: answer}, day)

    return UnknownMatters(item, tuple(_ends(now, known(0), known(TOP))))


def _ends(now: ScoredResult, lowest: ScoredResult, highest: ScoredResult) -> Iterator[RangeEnds]:
    for pillar, worst, best in zip(now.pillars, lowest.pillars, highest.pillars, strict=True):
        if pillar.low and pillar.high and worst.high and best.low and pillar.label is not None:
            ends = RangeEnds(pillar.code, *_figures(pillar.low, best.low, worst.high, pillar.high))
            if ends.tenths:
                yield ends


def _figures(*sums: Sum) -> tuple[Figure, Figure, Figure, Figure]:
    low, best, worst, high = (own.figure for own in sums)
    return low, best, worst, high


def _gains(
    edition: Edition, now: ScoredResult, answers: Mapping[str, ScoredAnswer], question: str, day: date
) -> tuple[ProofGain, ...]:
    proven = {**answers, question: replace(answers[question], has_evidence=True)}
    after = score(edition, now.run, proven, day)
    return tuple(
        ProofGain(before.code, before.proven.figure, own.proven.figure)
        for before, own in zip(now.pillars, after.pillars, strict=True)
        if before.proven and own.proven and before.label is not None and before.proven.figure != own.proven.figure
    )


def _tenths(figure: Figure) -> int:
    return 10 * figure.label + figure.tenths
