"""The arithmetic of labels and numbers (rules 6 to 13), in whole numbers throughout.

One pass hands in one value per counted question; the low, high and proven figures are three passes.
"""

from collections.abc import Iterable, Sequence

from assessments.scoring.terms import Asked
from assessments.scoring.types import Cap, Figure, Sum

TOP = 4
HEAVY = 3
MOST_TENTHS = 9

Counted = tuple[Asked, int]


def is_most(part: int, whole: int) -> bool:
    """At least 80 per cent."""
    return 5 * part >= 4 * whole


def is_closed(asked: Asked, value: int) -> bool:
    return value < asked.min_level


def domain_sum(counted: Sequence[Counted]) -> Sum | None:
    """None when nothing is counted: the domain is not assessed."""
    if not counted:
        return None
    at = [0] * (TOP + 1)
    lowest: int | None = None
    closed = []
    for asked, value in counted:
        at[value] += asked.weight
        if asked.weight == HEAVY and (lowest is None or value < lowest):
            lowest = value
        if value < asked.min_level:
            closed.append(asked)
    parts = _at_or_above(at)
    uncapped = _label(parts, parts[0], lowest)
    caps = _caps(((asked, asked.gate.cap_domain) for asked in closed if asked.gate), uncapped)
    label = caps[0].cap if caps else uncapped
    tenths = 10 * parts[label + 1] // parts[0] if label < TOP else 0
    return Sum(parts, parts[0], lowest, uncapped, caps, Figure(label, min(MOST_TENTHS, tenths)))


def pillar_sum(pillar: str, domains: Sequence[Sum], closed: Iterable[Asked]) -> Sum | None:
    """`domains` are the sums of the assessed domains of the pillar, `closed` all closed gates of the pass."""
    if not domains:
        return None
    at = [0] * (TOP + 1)
    for domain in domains:
        at[domain.figure.label] += 1
    parts = _at_or_above(at)
    lowest = min(domain.figure.label for domain in domains)
    uncapped = _label(parts, parts[0], lowest)
    caps = _caps(_pillar_caps(pillar, closed), uncapped)
    label = caps[0].cap if caps else uncapped
    tenths = _mean_tenths(domains, label + 1) if label < TOP else 0
    return Sum(parts, parts[0], lowest, uncapped, caps, Figure(label, min(MOST_TENTHS, tenths)))


def _at_or_above(at: list[int]) -> tuple[int, ...]:
    total = 0
    sums = []
    for amount in reversed(at):
        total += amount
        sums.append(total)
    return tuple(reversed(sums))


def _label(parts: Sequence[int], whole: int, lowest: int | None) -> int:
    """The highest label that most of the whole reaches and that no heavy part misses by more than one."""
    highest = TOP if lowest is None else min(TOP, lowest + 1)
    return next(label for label in range(highest, -1, -1) if is_most(parts[label], whole))


def _caps(closed: Iterable[tuple[Asked, int]], uncapped: int) -> tuple[Cap, ...]:
    caps = [
        Cap(asked.question, asked.gate, cap, asked.provisional or asked.gate_provisional)
        for asked, cap in closed
        if asked.gate and cap < uncapped
    ]
    return tuple(sorted(caps, key=lambda cap: cap.cap)) if len(caps) > 1 else tuple(caps)


def _pillar_caps(pillar: str, closed: Iterable[Asked]) -> Iterable[tuple[Asked, int]]:
    for asked in closed:
        gate = asked.gate
        if gate and gate.cap_pillar is not None and pillar in gate.pillars:
            yield asked, gate.cap_pillar


def _mean_tenths(domains: Sequence[Sum], level: int) -> int:
    """Ten times the plain mean of the domains' shares at a level, cut to a whole number."""
    above, below = 0, 1
    for domain in domains:
        above, below = above * domain.whole + domain.parts[level] * below, below * domain.whole
    return 10 * above // (below * len(domains))
