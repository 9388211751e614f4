"""The worked sum behind each figure, as values: anyone can recount the figure from it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from assessments.bank.types import Edition, Gate
from assessments.presentation.named_values import (
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_gate,
    named_label,
    question_ref,
)
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.explain import (
    DomainWorking,
    LabelStop,
    LabelStopKind,
    LevelShare,
    ScoringPass,
    Working,
    explain_domain,
    explain_pillar,
)
from assessments.scoring.terms import RESPONSIBLE_AI
from assessments.scoring.types import Figure, ScoredResult, Trace


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`figure` is `label` + `progress`, cut to tenths and at most 0.9 added; `exact` where nothing was cut.

    `progress` is the mean of `shares` (part, whole) at the next level; a domain has one share, a pillar one per domain.
    """

    label: int
    shares: tuple[tuple[int, int], ...]
    progress: Fraction
    figure: Figure
    exact: bool


@dataclass(frozen=True, slots=True)
class ShareValue:
    """How much of the whole is at the label or above: weight for a domain, domains for a pillar."""

    label: NamedLevel
    part: int
    whole: int
    enough: bool


@dataclass(frozen=True, slots=True)
class StopValue:
    """Why the label `following` is not reached: `names` (questions by id, domains by title) are below `needed`."""

    reason: LabelStopKind
    names: tuple[str, ...]
    needed: int
    following: NamedLevel


@dataclass(frozen=True, slots=True)
class GateEffect:
    """The effect of a gate that is closed in one of the figures. `pillars` are names, empty without `pillar_cap`."""

    gate: NamedGate
    domain_cap: NamedLevel
    pillar_cap: NamedLevel | None
    pillars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionShare:
    """A question as it went into the three figures; None where it is left out, for the reason `left_out`.

    `gated`: it has a gate, open or not. `closed`: that is closed as answered; `gate` is also given where it is so only
    with proof counted.
    """

    question: QuestionRef
    weight: int
    low: int | None
    high: int | None
    proven: int | None
    gated: bool
    closed: bool
    gate: GateEffect | None
    left_out: str


@dataclass(frozen=True, slots=True)
class DomainShare:
    """A domain in the sum of its pillar: its label, and how much of it is at the level above the pillar's."""

    code: str
    title: str
    label: NamedLevel
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class SumStatement:
    """`of` is PILLAR, DOMAIN or AI_LENS; the lens has no title in the edition. `uncapped` is the label before gates.

    `shares` are for the labels 1 to 4. A pillar is the sum of `domains`, all others of `questions`. `set_aside` is the
    light question that alone costs a small domain more than one label, so that only one is taken: `uncapped` is one
    below the label of the rest, whose shares are `rest_shares`.
    """

    kind: ClassVar[StatementKind] = StatementKind.WORKED_SUM
    of: StatementKind
    code: str
    title: str
    label: NamedLevel
    uncapped: NamedLevel
    low: Arithmetic
    high: Arithmetic
    proven: Arithmetic
    shares: tuple[ShareValue, ...]
    stops: tuple[StopValue, ...]
    questions: tuple[QuestionShare, ...]
    domains: tuple[DomainShare, ...]
    set_aside: QuestionRef | None
    rest_shares: tuple[ShareValue, ...]


_Passes = dict[ScoringPass, Working]


def tell_sums(edition: Edition, result: ScoredResult) -> tuple[SumStatement, ...]:
    """Of every pillar that has a label, then every assessed domain of these, then the AI lens."""
    return tuple(_sums(edition, result))


def _sums(edition: Edition, result: ScoredResult) -> Iterator[SumStatement]:
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    first = _first_indications(result)
    for pillar in result.pillars:
        if pillar.low and pillar.code not in first:
            passes = _assessed({which: explain_pillar(result, pillar, which) for which in ScoringPass})
            yield _sum(edition, StatementKind.PILLAR, names[pillar.code], passes, ())
    for domain in result.domains:
        described = edition.domain[domain.code]
        if domain.low and described.pillar not in first:
            passes = _assessed({which: explain_domain(domain, which) for which in ScoringPass})
            yield _sum(edition, StatementKind.DOMAIN, described.title, passes, domain.traces)
    if result.lens and result.lens.low and RESPONSIBLE_AI not in first:
        passes = _assessed({which: explain_domain(result.lens, which) for which in ScoringPass})
        yield _sum(edition, StatementKind.AI_LENS, "", passes, result.lens.traces)


def _first_indications(result: ScoredResult) -> frozenset[str]:
    return frozenset(pillar.code for pillar in result.pillars if pillar.first_indication)


def _assessed(passes: dict[ScoringPass, Working | None]) -> _Passes:
    """What counts in one pass counts in all."""
    return {which: working for which, working in passes.items() if working}


def _sum(edition: Edition, of: StatementKind, title: str, passes: _Passes, traces: Iterable[Trace]) -> SumStatement:
    low = passes[ScoringPass.LOW]
    return SumStatement(
        of=of,
        code=low.code,
        title=title,
        label=named_label(edition, low.label),
        uncapped=named_label(edition, low.uncapped),
        low=_arithmetic(low),
        high=_arithmetic(passes[ScoringPass.HIGH]),
        proven=_arithmetic(passes[ScoringPass.PROVEN]),
        shares=_shares(edition, low.shares),
        stops=tuple(_stop(edition, low, stop) for stop in low.stops),
        questions=tuple(_questions(edition, passes, {trace.question.id for trace in traces if trace.gate})),
        domains=tuple(_domain(edition, row) for row in low.domains),
        set_aside=question_ref(low.set_aside) if low.set_aside else None,
        rest_shares=_shares(edition, low.rest_shares),
    )


def _shares(edition: Edition, shares: Iterable[LevelShare]) -> tuple[ShareValue, ...]:
    return tuple(
        ShareValue(named_label(edition, share.level), share.part, share.whole, share.enough)
        for share in shares
        if share.level
    )


def _arithmetic(working: Working) -> Arithmetic:
    shares: tuple[tuple[int, int], ...] = ()
    if working.progress and working.domains:
        shares = tuple((row.part, row.whole) for row in working.domains)
    elif working.progress:
        following = working.shares[working.label + 1]
        shares = ((following.part, following.whole),)
    return Arithmetic(
        label=working.label,
        shares=shares,
        progress=working.progress,
        figure=working.figure,
        exact=working.progress * 10 == working.figure.tenths,
    )


def _stop(edition: Edition, working: Working, stop: LabelStop) -> StopValue:
    names = tuple(edition.domain[name].title if name in edition.domain else name for name in stop.names)
    return StopValue(stop.kind, names, stop.needed, named_label(edition, working.label + 1))


def _questions(edition: Edition, passes: _Passes, gated: Collection[str]) -> Iterator[QuestionShare]:
    rows = (passes[which].questions for which in (ScoringPass.LOW, ScoringPass.HIGH, ScoringPass.PROVEN))
    for low, high, proven in zip(*rows, strict=True):
        gate = low.closed_gate or proven.closed_gate
        yield QuestionShare(
            question=question_ref(low.question),
            weight=low.weight,
            low=low.value,
            high=high.value,
            proven=proven.value,
            gated=low.question.id in gated,
            closed=low.closed_gate is not None,
            gate=_effect(edition, gate) if gate else None,
            left_out=low.left_out,
        )


def _effect(edition: Edition, gate: Gate) -> GateEffect:
    capped = gate.cap_pillar is not None
    return GateEffect(
        gate=named_gate(edition, gate),
        domain_cap=named_label(edition, gate.cap_domain),
        pillar_cap=named_label(edition, gate.cap_pillar) if gate.cap_pillar is not None else None,
        pillars=tuple(pillar.name for pillar in edition.pillars if capped and pillar.code in gate.pillars),
    )


def _domain(edition: Edition, row: DomainWorking) -> DomainShare:
    return DomainShare(row.code, edition.domain[row.code].title, named_label(edition, row.label), row.part, row.whole)
