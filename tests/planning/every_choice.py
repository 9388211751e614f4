"""The best that any choice of steps can reach in a given time, by trying all of them."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod

from assessments.bank.types import Edition, GateKind
from assessments.planning.gaps import GapOption, gaps_of
from assessments.scoring.engine import score
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind, ScoredResult

Case = tuple[Edition, Run, dict[str, ScoredAnswer]]
# Gates that ask to stop, urgent gaps with duties, labels, in place: the more the better.
Value = tuple[int, int, int, int]


def number_of_choices(result: ScoredResult) -> int:
    return prod(len(gap.options) + 1 for gap in gaps_of(result))


def value_of(case: Case, levels: dict[str, int], today: date) -> Value:
    """Read from the scores, with these questions raised."""
    edition, run, answers = case
    raised = {name: ScoredAnswer(ScoredAnswerKind.LEVEL, to) for name, to in levels.items()}
    result = score(edition, run, {**answers, **raised}, today)
    assert result.counts
    stops = sum(item.gate is not None and item.gate.kind is GateKind.LEGAL_STOP for item in result.must_fix)
    urgent = result.counts.urgent_gaps + result.counts.open_duties
    return -stops, -urgent, sum(pillar.label or 0 for pillar in result.pillars), result.counts.in_place


def best_of_every_choice(case: Case, result: ScoredResult, minutes: int, today: date) -> Value:
    return max(value_of(case, levels, today) for levels in _choices(result, minutes))


def _choices(result: ScoredResult, minutes: int) -> Iterator[dict[str, int]]:
    gaps = gaps_of(result)
    nothing: tuple[GapOption | None, ...] = (None,)
    for chosen in product(*(nothing + gap.options for gap in gaps)):
        if sum(option.minutes for option in chosen if option) <= minutes:
            yield {gap.todo.question.id: own.to for gap, own in zip(gaps, chosen, strict=True) if own}
