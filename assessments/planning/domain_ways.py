"""The ways in which one domain reaches a label (rules 8 and 8a)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.planning.fronts import NOTHING, Bounds, Front, Way, front, left, raised
from assessments.planning.gaps import Gap, GapOption
from assessments.planning.rises import Row, to_open
from assessments.scoring.sums import FEW_QUESTIONS, HEAVY, enough_weight
from assessments.scoring.types import TOP


@dataclass(frozen=True, slots=True)
class DomainGaps:
    """The counted questions of a domain, and the gaps of those among them that the plan can raise."""

    rows: tuple[Row, ...]
    gaps: Mapping[str, Gap]

    def ways_to(self, label: int, least: Mapping[str, int], bounds: Bounds) -> Front:
        """With at least this label, and each question in `least` at least at its level. Empty if there is none."""
        needed = {row.id: max(least.get(row.id, 0), to_open(row, label)) for row in self.rows}
        return front(self._ways(label, needed, bounds))

    def _ways(self, label: int, needed: Mapping[str, int], bounds: Bounds) -> Iterator[Way]:
        yield from self._ways_at(self.rows, label, needed, bounds)
        if label and 1 < len(self.rows) < FEW_QUESTIONS and label < TOP:
            for aside in self.rows:
                if aside.weight < HEAVY and aside.gate_cap is None:
                    rest = [row for row in self.rows if row is not aside]
                    ways = self._ways_at(rest, label + 1, needed, bounds)
                    yield from self._with_row(ways, aside, needed[aside.id], bounds)

    def _ways_at(self, rows: Sequence[Row], level: int, needed: Mapping[str, int], bounds: Bounds) -> Iterable[Way]:
        """So that most of the weight is at this level, and nothing heavy more than one below."""
        least = {row.id: max(needed[row.id], level - 1 if row.weight == HEAVY else 0) for row in rows}
        fixed = [row for row in rows if row.id not in self.gaps]
        if any(row.level < least[row.id] for row in fixed):
            return ()
        enough = enough_weight(sum(row.weight for row in rows)) if level else 0
        there = sum(row.weight for row in fixed if row.level >= level)
        states = {(min(enough, there), 0): NOTHING}
        for row in rows:
            if row.id in self.gaps:
                states = self._with_gap(states, row, level, least[row.id], enough, bounds)
        return [way for (weight, _), way in states.items() if weight >= enough]

    def _with_gap(
        self, states: Mapping[tuple[int, int], Way], row: Row, level: int, least: int, enough: int, bounds: Bounds
    ) -> dict[tuple[int, int], Way]:
        """Of each weight at the level, and each worth that is left to be had, the cheapest way."""
        gap = self.gaps[row.id]
        options = list(_useful(gap, row.level, level, least))
        found: dict[tuple[int, int], Way] = {}
        for (weight, _), way in states.items():
            for option in options:
                following = raised(way, gap, option) if option else left(way, gap)
                if not bounds.allow(following):
                    continue
                reached = (option.to if option else row.level) >= level
                key = min(enough, weight + row.weight) if reached else weight, following.short
                best = found.get(key)
                if best is None or (following.minutes, -following.in_place) < (best.minutes, -best.in_place):
                    found[key] = following
        return found

    def _with_row(self, ways: Iterable[Way], row: Row, least: int, bounds: Bounds) -> Iterator[Way]:
        gap = self.gaps.get(row.id)
        if gap is None:
            yield from ways if row.level >= least else ()
            return
        options = list(_useful(gap, row.level, 0, least))
        for way in ways:
            for option in options:
                following = raised(way, gap, option) if option else left(way, gap)
                if bounds.allow(following):
                    yield following


def _useful(gap: Gap, now: int, level: int, least: int) -> Iterator[GapOption | None]:
    """Leaving it (None), and each option that brings more than a cheaper one, from `least` on."""
    seen = (-1, False)
    for option in (None, *gap.options):
        to, worth = (option.to, option.worth) if option else (now, 0)
        brings = worth, to >= level
        if to >= least and (brings[0] > seen[0] or brings[1] > seen[1]):
            seen = brings
            yield option
