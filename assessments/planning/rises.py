"""The cheapest set of rises with which a domain reaches a label, exactly.

Cheapest: fewest questions; of these fewest levels in all; then the first questions in bank order; then the higher
levels at the first of them. A cost is a tuple of whole numbers that are added and compared part by part, so that the
cheapest of a sum is the sum of the cheapest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, product

from assessments.scoring.sums import FEW_QUESTIONS, HEAVY, enough_weight
from assessments.scoring.types import TOP, Trace

# Questions, levels, and the two that settle ties: minus one bit for each question, minus one digit for each level.
Cost = tuple[int, int, int, int]

FREE: Cost = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A counted question in the low pass. `first` is greater for questions that come before others."""

    id: str
    level: int
    weight: int
    first: int
    gate_level: int
    gate_cap: int | None

    def cost(self, to: int) -> Cost:
        """Of raising it from where it stands; zero where that is not needed."""
        if to <= self.level:
            return FREE
        return 1, to - self.level, -(1 << self.first), -(to << (3 * self.first))


@dataclass(frozen=True, slots=True)
class Rises:
    """The level to which each question has to be raised, and what that costs."""

    cost: Cost
    to: Mapping[str, int] = field(compare=False)


def rows_of(traces: Sequence[Trace], among: int, start: int) -> tuple[Row, ...]:
    """The counted ones of these traces, which are the `start`-th and following of `among`."""
    return tuple(
        Row(
            id=trace.question.id,
            level=trace.low,
            weight=trace.question.weight,
            first=among - place,
            gate_level=trace.gate.min_level if trace.gate else 0,
            gate_cap=trace.gate.cap_domain if trace.gate else None,
        )
        for place, trace in enumerate(traces, start)
        if trace.low is not None
    )


def cheapest_to_label(rows: Sequence[Row], label: int, least: Mapping[str, int]) -> Rises:
    """With which the domain has at least this label, and each question in `least` at least that level."""
    opened = {row.id: max(row.level, least.get(row.id, 0), to_open(row, label)) for row in rows}
    if label == 0:
        return _rises(rows, opened)
    return min(_ways(rows, label, opened), key=lambda rises: rises.cost)


def added(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def less(one: Cost, other: Cost) -> Cost:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3]


def to_open(row: Row, label: int) -> int:
    """The level that opens its gate, if that gate does not allow its domain the label; 0 otherwise."""
    return row.gate_level if row.gate_cap is not None and row.gate_cap < label else 0


def _ways(rows: Sequence[Row], label: int, opened: Mapping[str, int]) -> Iterator[Rises]:
    """By rule 8, and in a small domain by rule 8a with each light question set aside in turn."""
    yield _cheapest_at(rows, label, opened)
    if 1 < len(rows) < FEW_QUESTIONS and label < TOP:
        for aside in rows:
            if aside.weight < HEAVY and aside.gate_cap is None:
                rest = [row for row in rows if row is not aside]
                found = _cheapest_at(rest, label + 1, opened)
                yield Rises(added(found.cost, aside.cost(opened[aside.id])), {**found.to, aside.id: opened[aside.id]})


def _cheapest_at(rows: Sequence[Row], level: int, opened: Mapping[str, int]) -> Rises:
    """So that most of the weight is at this level, nothing heavy more than one below, and all gates are opened."""
    needed = {row.id: max(opened[row.id], level - 1 if row.weight == HEAVY else 0) for row in rows}
    whole = sum(row.weight for row in rows)
    there = sum(row.weight for row in rows if needed[row.id] >= level)
    missing = enough_weight(whole) - there
    raised = _cheapest_weight(rows, level, needed, missing) if missing > 0 else ()
    return _rises(rows, needed | {row.id: level for row in raised})


def _cheapest_weight(rows: Sequence[Row], level: int, needed: Mapping[str, int], missing: int) -> tuple[Row, ...]:
    """Those of the rest to raise to the level so that their weight is at least what is missing.

    There are only three weights. Of one weight the cheapest are taken first, so what is left to choose is how many.
    """

    def extra(row: Row) -> Cost:
        return less(row.cost(level), row.cost(needed[row.id]))

    rest = sorted((row for row in rows if needed[row.id] < level), key=extra)
    by_weight = [[row for row in rest if row.weight == weight] for weight in (3, 2, 1)]
    costs = [list(accumulate((extra(row) for row in own), added, initial=FREE)) for own in by_weight]
    threes, twos, ones = by_weight
    best: tuple[Cost, tuple[int, int, int]] | None = None
    for heavy, middle in product(range(len(threes) + 1), range(len(twos) + 1)):
        light = max(0, missing - 3 * heavy - 2 * middle)
        if light <= len(ones):
            cost = added(added(costs[0][heavy], costs[1][middle]), costs[2][light])
            if best is None or cost < best[0]:
                best = cost, (heavy, middle, light)
    heavy, middle, light = best[1] if best else (len(threes), len(twos), len(ones))
    return (*threes[:heavy], *twos[:middle], *ones[:light])


def _rises(rows: Sequence[Row], to: Mapping[str, int]) -> Rises:
    cost = FREE
    for row in rows:
        cost = added(cost, row.cost(to[row.id]))
    return Rises(cost, to)
