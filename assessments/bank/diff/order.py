"""Two orders of keys: what was moved between them, and both merged."""

from bisect import bisect_left
from collections.abc import Collection, Sequence


def moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The fewest keys to take out so that the other common keys are in the same order."""
    place = {key: number for number, key in enumerate(new)}
    shared = [key for key in old if key in place]
    return frozenset(shared) - frozenset(_longest_rising(shared, [place[key] for key in shared]))


def _longest_rising(keys: Sequence[str], places: Sequence[int]) -> list[str]:
    ends: list[int] = []
    end_at: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(end_at[length - 1] if length else -1)
        ends[length:] = [place, *ends[length + 1 :]]
        end_at[length:] = [number, *end_at[length + 1 :]]
    found = []
    number = end_at[-1] if end_at else -1
    while number >= 0:
        found.append(keys[number])
        number = before[number]
    return found[::-1]


def merged(base: Sequence[str], other: Sequence[str], follow: Collection[str], present: Collection[str]) -> list[str]:
    """The present keys: as in `base`, but those of `follow` come after what precedes them in `other`."""
    result = [key for key in base if key in present and key not in follow]
    for number, key in enumerate(other):
        if key in follow and key in present:
            behind = next((before for before in reversed(other[:number]) if before in result), None)
            result.insert(result.index(behind) + 1 if behind is not None else 0, key)
    return result
