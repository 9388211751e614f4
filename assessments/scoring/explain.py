"""How a figure was computed, as numbers and codes; the words are the presentation's. Reads only the result."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.bank.types import Gate, Question
from assessments.scoring.sums import HEAVY, enough_domains, enough_weight, parts_without
from assessments.scoring.types import TOP, Cap, DomainResult, Figure, PillarResult, ScoredResult, Sum, Trace

# A question whose gate is closed, the level that opens it, and the cap it sets.
_Capping = tuple[str, int, int]


class ScoringPass(StrEnum):
    """Which figure: as answered, at best, or with proof."""

    LOW = "low"
    HIGH = "high"
    PROVEN = "proven"


class LabelStopKind(StrEnum):
    """Why the next label is not reached: less than 80 per cent, something heavy too low, or a closed gate."""

    SHARE = "share"
    HEAVY = "heavy"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class QuestionWorking:
    """`value` is None if the question is left out of the sum; then `left_out` says why."""

    question: Question
    weight: int
    value: int | None
    closed_gate: Gate | None
    left_out: str


@dataclass(frozen=True, slots=True)
class DomainWorking:
    """A domain in the sum of its pillar: its label, and its share at the level above the pillar's label."""

    code: str
    label: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How much of the whole stands at `level` or above."""

    level: int
    part: int
    whole: int
    enough: bool


@dataclass(frozen=True, slots=True)
class LabelStop:
    """`names` are the questions (of a pillar: domains) below `needed`; for GATE the one question behind it.

    For HEAVY and GATE each of them must reach `needed`, for SHARE only enough of them.
    """

    kind: LabelStopKind
    names: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Working:
    """One figure. A domain is made of `questions`, a pillar of `domains`; the other is empty.

    The number is `label` + `progress`, cut to tenths and at most 0.9; `progress` is the share already
    at the next level, for a pillar the mean of the shares of its domains. Where rule 8a acts, `set_aside` is the light
    question that costs one label only, `rest_shares` are the shares without it, and `uncapped` is one less than what
    these reach.
    """

    code: str
    questions: tuple[QuestionWorking, ...]
    domains: tuple[DomainWorking, ...]
    shares: tuple[LevelShare, ...]
    uncapped: int
    caps: tuple[Cap, ...]
    label: int
    stops: tuple[LabelStop, ...]
    progress: Fraction
    figure: Figure
    set_aside: Question | None = None
    rest_shares: tuple[LevelShare, ...] = ()


def explain_domain(domain: DomainResult, which: ScoringPass = ScoringPass.LOW) -> Working | None:
    """Also for the AI lens. None where the domain is not assessed."""
    found: Sum | None = getattr(domain, which)
    if found is None:
        return None
    rows = tuple(_question_row(trace, which) for trace in domain.traces)
    following = found.figure.label + 1
    part = found.parts[following] if following <= TOP else 0
    return Working(
        code=domain.code,
        questions=rows,
        domains=(),
        shares=_shares(found.parts, enough_weight(found.whole)),
        uncapped=found.uncapped,
        caps=found.caps,
        label=found.figure.label,
        stops=tuple(_domain_stops(rows, found, following)) if following <= TOP else (),
        progress=Fraction(part, found.whole),
        figure=found.figure,
        set_aside=found.set_aside,
        rest_shares=_rest_shares(rows, found),
    )


def explain_pillar(result: ScoredResult, pillar: PillarResult, which: ScoringPass = ScoringPass.LOW) -> Working | None:
    """None where no domain of the pillar is assessed."""
    found: Sum | None = getattr(pillar, which)
    if found is None:
        return None
    following = found.figure.label + 1
    rows = tuple(
        _domain_row(domain.code, getattr(domain, which), following)
        for domain in result.domains
        if domain.code in pillar.domains
    )
    closed = [trace for domain in result.domains for trace in domain.traces if _closed(trace, which)]
    return Working(
        code=pillar.code,
        questions=(),
        domains=rows,
        shares=_shares(found.parts, enough_domains(found.whole)),
        uncapped=found.uncapped,
        caps=found.caps,
        label=found.figure.label,
        stops=tuple(_pillar_stops(rows, found, following, _acting_on(pillar, closed))) if following <= TOP else (),
        progress=sum((Fraction(row.part, row.whole) for row in rows), Fraction()) / len(rows),
        figure=found.figure,
    )


def _question_row(trace: Trace, which: ScoringPass) -> QuestionWorking:
    value: int | None = getattr(trace, which)
    return QuestionWorking(
        question=trace.question,
        weight=trace.question.weight,
        value=value,
        closed_gate=trace.gate if _closed(trace, which) else None,
        left_out=trace.answer.reason if value is None and trace.answer else "",
    )


def _domain_row(code: str, found: Sum, level: int) -> DomainWorking:
    return DomainWorking(code, found.figure.label, found.parts[level] if level <= TOP else 0, found.whole)


def _closed(trace: Trace, which: ScoringPass) -> bool:
    value: int | None = getattr(trace, which)
    return trace.gate is not None and value is not None and value < trace.gate.min_level


def _shares(parts: Sequence[int], enough: int) -> tuple[LevelShare, ...]:
    return tuple(LevelShare(level, part, parts[0], part >= enough) for level, part in enumerate(parts))


def _rest_shares(rows: Iterable[QuestionWorking], found: Sum) -> tuple[LevelShare, ...]:
    for row in rows:
        if row.question == found.set_aside and row.value is not None:
            others = parts_without(found.parts, row.weight, row.value)
            return _shares(others, enough_weight(others[0]))
    return ()


def _acting_on(pillar: PillarResult, closed: Iterable[Trace]) -> list[_Capping]:
    return [
        (trace.question.id, trace.gate.min_level, trace.gate.cap_pillar)
        for trace in closed
        if trace.gate and trace.gate.cap_pillar is not None and pillar.code in trace.gate.pillars
    ]


def _domain_stops(rows: Sequence[QuestionWorking], found: Sum, label: int) -> Iterator[LabelStop]:
    counted = [(row.question.id, row.value, row.weight) for row in rows if row.value is not None]
    gates = [(row.question.id, row.closed_gate) for row in rows if row.closed_gate]
    yield from _stops(
        found,
        label,
        enough=enough_weight(found.whole),
        parts=[(name, value) for name, value, _ in counted],
        heavy=[(name, value) for name, value, weight in counted if weight == HEAVY],
        gates=[(name, gate.min_level, gate.cap_domain) for name, gate in gates],
    )


def _pillar_stops(
    rows: Sequence[DomainWorking], found: Sum, label: int, gates: Sequence[_Capping]
) -> Iterator[LabelStop]:
    labels = [(row.code, row.label) for row in rows]
    yield from _stops(found, label, enough=enough_domains(found.whole), parts=labels, heavy=labels, gates=gates)


def _stops(
    found: Sum,
    label: int,
    *,
    enough: int,
    parts: Sequence[tuple[str, int]],
    heavy: Sequence[tuple[str, int]],
    gates: Sequence[_Capping],
) -> Iterator[LabelStop]:
    """What stands in the way of `label` by rules 8 to 10: without a stop it would be reached.

    In a small domain rule 8a may give a shorter way; `next_label` in assessments/planning knows the shortest.
    """
    if found.uncapped < label and found.parts[label] < enough:
        yield LabelStop(LabelStopKind.SHARE, tuple(name for name, value in parts if value < label), label)
    too_low = tuple(name for name, value in heavy if value < label - 1)
    if too_low and found.uncapped < label:
        yield LabelStop(LabelStopKind.HEAVY, too_low, label - 1)
    for name, min_level, cap in gates:
        if cap < label:
            yield LabelStop(LabelStopKind.GATE, (name,), min_level)
