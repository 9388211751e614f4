"""The arithmetic of labels and numbers (rules 6 to 13), in whole numbers throughout.

Each pass gives one value per counted question; the low, high and proven figures are three passes.
"""

from collections.abc import Iterable, Sequence

from assessments.scoring.evaluation import TOP
from assessments.scoring.terms import PreparedQuestion
from assessments.scoring.types import Cap, Figure, Sum

HEAVY = 3
MOST_TENTHS = 9


def is_most(part: int, whole: int) -> bool:
    """At least 80 per cent."""
    return 5 * part >= 4 * whole


def domain_sum(counted: Sequence[PreparedQuestion], values: Sequence[int]) -> Sum | None:
    """`values` are the levels of the counted questions. None when nothing is counted: not assessed."""
    if not counted:
        return None
    at = [0] * (TOP + 1)
    lowest = TOP + 1
    closed = []
    for asked, value in zip(counted, values, strict=True):
        at[value] += asked.weight
        if asked.weight == HEAVY and value < lowest:
            lowest = value
        gate = asked.gate
        if gate and value < gate.min_level:
            closed.append((asked, gate.cap_domain))
    parts = _at_or_above(at)
    uncapped = _label(parts, lowest)
    caps = _caps(closed, uncapped)
    label = caps[0].cap if caps else uncapped
    tenths = 10 * parts[label + 1] // parts[0] if label < TOP else 0
    return Sum(
        parts=parts,
        whole=parts[0],
        lowest=lowest if lowest <= TOP else None,
        uncapped=uncapped,
        caps=caps,
        figure=Figure(label, min(MOST_TENTHS, tenths)),
    )


def pillar_sum(pillar: str, domains: Sequence[Sum], closed: Iterable[PreparedQuestion]) -> Sum | None:
    """`domains` are the sums of the assessed domains of the pillar, `closed` all closed gates of the pass."""
    if not domains:
        return None
    at = [0] * (TOP + 1)
    for domain in domains:
        at[domain.figure.label] += 1
    parts = _at_or_above(at)
    lowest = min(domain.figure.label for domain in domains)
    uncapped = _label(parts, lowest)
    caps = _caps(_acting_on(pillar, closed), uncapped)
    label = caps[0].cap if caps else uncapped
    tenths = _mean_tenths(domains, label + 1) if label < TOP else 0
    return Sum(parts, parts[0], lowest, uncapped, caps, Figure(label, min(MOST_TENTHS, tenths)))


def _at_or_above(at: Sequence[int]) -> tuple[int, ...]:
    sums = list(at)
    for level in range(TOP - 1, -1, -1):
        sums[level] += sums[level + 1]
    return tuple(sums)


def _label(parts: Sequence[int], lowest: int) -> int:
    """The highest label that most of the whole reaches and that no heavy part misses by more than one."""
    label = min(TOP, lowest + 1)
    while not is_most(parts[label], parts[0]):
        label -= 1
    return label


def _caps(closed: Iterable[tuple[PreparedQuestion, int]], uncapped: int) -> tuple[Cap, ...]:
    """Rule 13: those below the label, deepest first, then in bank order."""
    caps = [
        Cap(asked.question, asked.gate, cap, asked.provisional or asked.gate_provisional)
        for asked, cap in closed
        if asked.gate and cap < uncapped
    ]
    caps.sort(key=lambda cap: cap.cap)
    return tuple(caps)


def _acting_on(pillar: str, closed: Iterable[PreparedQuestion]) -> Iterable[tuple[PreparedQuestion, int]]:
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
