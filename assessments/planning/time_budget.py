"""The steps that reach most in a given time.

"Most" is compared in this order: gates that ask to stop first; urgent gaps closed and open duties met; the sum of the
pillars' labels; questions in place; the least time. It is found in three moves: what the urgent gaps and duties alone
can come to; the highest labels that can be had with that; and what is left of the time brings those questions in place
that need the fewest minutes. The first three parts are exact, the fourth nearly always: docs/plan.md has the figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product

from assessments.planning.domain_ways import DomainGaps
from assessments.planning.fronts import NOTHING, Bounds, Front, Way, chosen_options, combined, front, left, raised
from assessments.planning.gaps import Gap, GapOption, ended_at, gaps_of
from assessments.planning.next_label import gates_to_open, rows_by_domain
from assessments.scoring.sums import enough_domains
from assessments.scoring.types import TOP, PillarResult, ScoredResult, Todo


def best_in_time(result: ScoredResult, minutes: int) -> tuple[Todo, ...]:
    """Entries of the plan, in its order, that together take no more than these minutes; none if no step fits.

    An entry may end below the target of the plan: its `target` is the level that it reaches here.
    """
    gaps = gaps_of(result)
    if sum(gap.options[-1].minutes for gap in gaps) <= minutes:
        return _in_plan_order(gaps, {gap.todo.question.id: gap.options[-1] for gap in gaps})
    bounds = Bounds(minutes, _least_short(gaps, minutes))
    best: tuple[int, int, dict[str, GapOption]] | None = None
    for way in _Pillars(result, gaps, bounds).highest():
        chosen = {gap.todo.question.id: option for gap, option in chosen_options(way)}
        _fill(gaps, chosen, minutes - way.minutes)
        in_place = sum(option.in_place for option in chosen.values())
        spent = sum(option.minutes for option in chosen.values())
        if best is None or (in_place, -spent) > best[:2]:
            best = in_place, -spent, chosen
    return _in_plan_order(gaps, best[2] if best else {})


def _least_short(gaps: Sequence[Gap], minutes: int) -> int:
    """What cannot be had of urgent gaps and duties in this time, whatever else is left."""
    total = sum(gap.worth for gap in gaps)
    bounds = Bounds(minutes, total)
    ways: Front = (NOTHING,)
    for gap in gaps:
        if gap.worth:
            own = [left(NOTHING, gap), *(raised(NOTHING, gap, option) for option in gap.options)]
            ways = combined(ways, front(way for way in own if bounds.allow(way)), bounds)
    return ways[0].short


def _fill(gaps: Sequence[Gap], chosen: dict[str, GapOption], minutes: int) -> None:
    """Brings in place what needs the fewest minutes more, as long as the time lasts."""

    def more(gap: Gap) -> int:
        before = chosen.get(gap.todo.question.id)
        return gap.options[-1].minutes - (before.minutes if before else 0)

    behind = [gap for gap in gaps if chosen.get(gap.todo.question.id) != gap.options[-1]]
    for gap in sorted(behind, key=more):
        if more(gap) > minutes:
            break
        minutes -= more(gap)
        chosen[gap.todo.question.id] = gap.options[-1]


def _in_plan_order(gaps: Sequence[Gap], chosen: Mapping[str, GapOption]) -> tuple[Todo, ...]:
    found = [(gap.todo, chosen.get(gap.todo.question.id)) for gap in gaps]
    return tuple([ended_at(todo, option.to) for todo, option in found if option])


class _Pillars:
    """The ways to labels of all pillars at once. What was found for one pillar is kept while the others vary."""

    def __init__(self, result: ScoredResult, gaps: Sequence[Gap], bounds: Bounds) -> None:
        self.result, self.bounds = result, bounds
        by_question = {gap.todo.question.id: gap for gap in gaps}
        self.domains = {
            code: DomainGaps(rows, {row.id: by_question[row.id] for row in rows if row.id in by_question})
            for code, rows in rows_by_domain(result).items()
        }
        self.kept: dict[object, Front] = {}

    def highest(self) -> Iterator[Way]:
        """The ways with the highest sum of labels that the bounds allow, one for each set of labels."""
        pillars = self.result.pillars
        reachable = [[label for label in _labels(own) if self._ways(own, label, {})] for own in pillars]
        vectors = sorted(product(*reachable), key=_sum, reverse=True)
        for _, same in groupby(vectors, key=_sum):
            found = [way for labels in same for way in self._all_ways(labels)[:1]]
            if found:
                yield from found
                return

    def _all_ways(self, labels: Sequence[int]) -> Front:
        least: dict[str, int] = {}
        for pillar, label in zip(self.result.pillars, labels, strict=True):
            for name, level in gates_to_open(self.result.domains, pillar.code, label).items():
                least[name] = max(level, least.get(name, 0))
        ways: Front = (NOTHING,)
        for pillar, label in zip(self.result.pillars, labels, strict=True):
            ways = combined(ways, self._ways(pillar, label, least), self.bounds)
        return ways

    def _ways(self, pillar: PillarResult, label: int, least: Mapping[str, int]) -> Front:
        least = {**least, **gates_to_open(self.result.domains, pillar.code, label)}
        enough = enough_domains(len(pillar.domains)) if pillar.domains else 0
        states: dict[int, Front] = {0: (NOTHING,)}
        for code in pillar.domains:
            states = self._with_domain(states, code, label, least, enough)
        return states.get(enough, ())

    def _with_domain(
        self, states: Mapping[int, Front], code: str, label: int, least: Mapping[str, int], enough: int
    ) -> dict[int, Front]:
        """By how many domains have the label, at most `enough`; all others are at most one below."""
        full = self._domain_ways(code, label, least)
        just = self._domain_ways(code, label - 1, least) if label else full
        found: dict[int, list[Way]] = {}
        for number, ways in states.items():
            found.setdefault(min(enough, number + 1), []).extend(combined(ways, full, self.bounds))
            if just != full:
                found.setdefault(number, []).extend(combined(ways, just, self.bounds))
        return {number: front(ways) for number, ways in found.items() if ways}

    def _domain_ways(self, code: str, label: int, least: Mapping[str, int]) -> Front:
        domain = self.domains[code]
        own = frozenset((row.id, least[row.id]) for row in domain.rows if row.id in least)
        key = code, label, own
        if key not in self.kept:
            self.kept[key] = domain.ways_to(label, dict(own), self.bounds)
        return self.kept[key]


def _labels(pillar: PillarResult) -> range:
    """From where it stands; a pillar without a label has nothing to reach."""
    return range(0, 1) if pillar.label is None else range(pillar.label, TOP + 1)


def _sum(labels: Sequence[int]) -> int:
    return sum(labels)
