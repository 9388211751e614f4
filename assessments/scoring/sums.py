"""The arithmetic of labels and numbers (rules 6 to 13), in whole numbers throughout.

Each pass gives one value per counted question; the low, high and proven figures are three passes.
"""

from collections.abc import Iterable, Sequence

from assessments.bank.types import Question
from assessments.scoring.terms import PreparedQuestion
from assessments.scoring.types import TOP, Cap, Figure, Sum

HEAVY = 3
MOST_TENTHS = 9
# Rule 8a acts in domains with fewer counted questions than this.
FEW_QUESTIONS = 6


def enough_weight(whole: int) -> int:
    """The least part that is at least 80 per cent."""
    return -(-4 * whole // 5)


def enough_domains(assessed: int) -> int:
    """Rule 9a: at least 80 per cent; of three or four domains all but one."""
    return assessed - 1 if assessed in (3, 4) else enough_weight(assessed)


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
    parts = at_or_above(at)
    uncapped = label_of(parts, lowest, enough_weight(parts[0]))
    set_aside = None
    if 1 < len(counted) < FEW_QUESTIONS and uncapped < TOP:
        uncapped, set_aside = _in_small_domain(counted, values, parts, lowest, uncapped)
    caps = _caps(closed, uncapped)
    label = _capped(caps, uncapped)
    tenths = _share_tenths(parts, label + 1)
    return Sum(
        parts=parts,
        whole=parts[0],
        lowest=lowest if lowest <= TOP else None,
        uncapped=uncapped,
        caps=caps,
        figure=Figure(label, min(MOST_TENTHS, tenths)),
        set_aside=set_aside,
    )


def _capped(caps: Sequence[Cap], uncapped: int) -> int:
    return caps[0].cap if caps else uncapped


def _share_tenths(parts: Sequence[int], level: int) -> int:
    """Ten times the share at a level, cut; 0 above the top."""
    return 10 * parts[level] // parts[0] if level <= TOP else 0


def pillar_sum(pillar: str, domains: Sequence[Sum], closed: Iterable[PreparedQuestion]) -> Sum | None:
    """`domains` are the sums of the assessed domains of the pillar, `closed` all closed gates of the pass."""
    if not domains:
        return None
    at = [0] * (TOP + 1)
    for domain in domains:
        at[domain.figure.label] += 1
    parts = at_or_above(at)
    lowest = min(domain.figure.label for domain in domains)
    uncapped = label_of(parts, lowest, enough_domains(parts[0]))
    caps = _caps(_acting_on(pillar, closed), uncapped)
    label = _capped(caps, uncapped)
    tenths = _mean_tenths(domains, label + 1) if label < TOP else 0
    return Sum(parts, parts[0], lowest, uncapped, caps, Figure(label, min(MOST_TENTHS, tenths)))


def at_or_above(at: Sequence[int]) -> tuple[int, ...]:
    """From the weight at each level, that at each level or above."""
    sums = list(at)
    for level in range(TOP - 1, -1, -1):
        sums[level] += sums[level + 1]
    return tuple(sums)


def label_of(parts: Sequence[int], lowest: int, enough: int) -> int:
    """The highest label that enough of the whole reaches and that no heavy part misses by more than one.

    `lowest` is the lowest level of a heavy part, above `TOP` without one.
    """
    label = min(TOP, lowest + 1)
    while parts[label] < enough:
        label -= 1
    return label


def parts_without(parts: Sequence[int], weight: int, value: int) -> tuple[int, ...]:
    """The weight at each level or above, with one question of this weight and level set aside."""
    return tuple([part - weight if level <= value else part for level, part in enumerate(parts)])


def _in_small_domain(
    counted: Sequence[PreparedQuestion], values: Sequence[int], parts: Sequence[int], lowest: int, label: int
) -> tuple[int, Question | None]:
    """Rule 8a: no light question without a gate costs more than one label. Also the one that was set aside."""
    set_aside = None
    for asked, value in sorted(zip(counted, values, strict=True), key=lambda item: item[1]):
        if asked.gate or asked.weight == HEAVY:
            continue
        others = parts_without(parts, asked.weight, value)
        rest = label_of(others, lowest, enough_weight(others[0])) - 1
        if rest > label:
            label, set_aside = rest, asked.question
    return label, set_aside


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
