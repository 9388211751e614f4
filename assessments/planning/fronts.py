"""Ways to spend time, of which only those are kept that no other one beats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assessments.planning.gaps import Gap, GapOption

# What is raised: nothing, one more than before, or both of two ways.
Chosen = tuple[()] | tuple["Chosen", Gap, GapOption] | tuple["Chosen", "Chosen"]


class Way(NamedTuple):
    """Some gaps raised: what that leaves to be had (`short`, in worth), its minutes, how many it brings in place."""

    short: int
    minutes: int
    in_place: int
    chosen: Chosen


Front = tuple[Way, ...]
NOTHING = Way(0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Bounds:
    """A way with more minutes, or that leaves more to be had, is of no use."""

    minutes: int
    short: int

    def allow(self, way: Way) -> bool:
        return way.minutes <= self.minutes and way.short <= self.short


def front(ways: Iterable[Way]) -> Front:
    """The ways that no other beats: none leaves less to be had in no more time. The least time comes last."""
    kept: list[Way] = []
    for way in sorted(ways, key=_least_short):
        if not kept or _cost(way) < _cost(kept[-1]):
            kept.append(way)
    return tuple(kept)


def combined(one: Front, other: Front, bounds: Bounds) -> Front:
    """Every way of the one with every way of the other."""
    if other == (NOTHING,):
        return one
    if one == (NOTHING,):
        return other
    return front(way for way in _pairs(one, other) if bounds.allow(way))


def raised(way: Way, gap: Gap, option: GapOption) -> Way:
    return Way(
        way.short + gap.worth - option.worth,
        way.minutes + option.minutes,
        way.in_place + option.in_place,
        (way.chosen, gap, option),
    )


def left(way: Way, gap: Gap) -> Way:
    """Without anything done about this gap."""
    return way if gap.worth == 0 else way._replace(short=way.short + gap.worth)


def chosen_options(way: Way) -> Iterator[tuple[Gap, GapOption]]:
    open_ends: list[Chosen] = [way.chosen]
    while open_ends:
        chosen = open_ends.pop()
        if len(chosen) == 3:
            before, gap, option = chosen
            open_ends.append(before)
            yield gap, option
        elif len(chosen) == 2:
            open_ends += chosen


def _pairs(one: Front, other: Front) -> Iterator[Way]:
    for first in one:
        for second in other:
            yield Way(
                first.short + second.short,
                first.minutes + second.minutes,
                first.in_place + second.in_place,
                (first.chosen, second.chosen),
            )


def _cost(way: Way) -> tuple[int, int]:
    return way.minutes, -way.in_place


def _least_short(way: Way) -> tuple[int, int, int]:
    return way.short, way.minutes, -way.in_place
