"""Where the business stands: overall, pillars, domains, and the AI questions of all domains together."""

from dataclasses import dataclass
from typing import ClassVar

from assessments.bank.types import Edition
from assessments.presentation.named_values import (
    NamedFigure,
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_figure,
    named_gate,
    named_label,
    question_ref,
)
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import Cap, DomainResult, PillarResult, ScoredResult


@dataclass(frozen=True, slots=True)
class CapValue:
    """A closed gate that holds a figure at the label `cap`; `provisional` where the gate rests on an unsure fact."""

    question: QuestionRef
    gate: NamedGate
    cap: NamedLevel
    provisional: bool


@dataclass(frozen=True, slots=True)
class FigureValues:
    """One figure as answered, as it could be at most, and counting only what has proof. `caps` limit the first."""

    low: NamedFigure
    high: NamedFigure
    proven: NamedFigure
    caps: tuple[CapValue, ...]


@dataclass(frozen=True, slots=True)
class OverallStatement:
    """The lowest pillar label. None where no pillar is assessed."""

    kind: ClassVar[StatementKind] = StatementKind.OVERALL
    label: NamedLevel | None


@dataclass(frozen=True, slots=True)
class PillarStatement:
    """`figure` is None where no domain of the pillar is assessed."""

    kind: ClassVar[StatementKind] = StatementKind.PILLAR
    code: str
    name: str
    says: str
    figure: FigureValues | None


@dataclass(frozen=True, slots=True)
class DomainStatement:
    """`asked` and `counted` are numbers of questions; the difference was left out as not applicable.

    `not_applicable_heavy`: more than a quarter of the weight was left out.
    """

    kind: ClassVar[StatementKind] = StatementKind.DOMAIN
    code: str
    title: str
    promise: str
    pillar: str
    figure: FigureValues | None
    asked: int
    counted: int
    not_applicable_heavy: bool


@dataclass(frozen=True, slots=True)
class LensStatement:
    """The AI questions of all domains, scored like a domain: shown, never counted."""

    kind: ClassVar[StatementKind] = StatementKind.AI_LENS
    code: str
    figure: FigureValues | None
    asked: int
    counted: int
    not_applicable_heavy: bool


def tell_overall(edition: Edition, result: ScoredResult) -> OverallStatement:
    return OverallStatement(named_label(edition, result.overall) if result.overall is not None else None)


def tell_pillars(edition: Edition, result: ScoredResult) -> tuple[PillarStatement, ...]:
    described = {pillar.code: pillar for pillar in edition.pillars}
    return tuple(
        PillarStatement(
            code=pillar.code,
            name=described[pillar.code].name,
            says=described[pillar.code].says,
            figure=figure_values(edition, pillar),
        )
        for pillar in result.pillars
    )


def tell_domains(edition: Edition, result: ScoredResult) -> tuple[DomainStatement, ...]:
    """The domains in which this business was asked anything."""
    return tuple(_domain(edition, domain) for domain in result.domains if domain.traces)


def _domain(edition: Edition, domain: DomainResult) -> DomainStatement:
    described = edition.domain[domain.code]
    return DomainStatement(
        code=domain.code,
        title=described.title,
        promise=described.promise,
        pillar=next(pillar.name for pillar in edition.pillars if pillar.code == described.pillar),
        figure=figure_values(edition, domain),
        asked=len(domain.traces),
        counted=_counted(domain),
        not_applicable_heavy=domain.not_applicable_heavy,
    )


def tell_lens(edition: Edition, result: ScoredResult) -> LensStatement | None:
    lens = result.lens
    if lens is None:
        return None
    return LensStatement(
        code=lens.code,
        figure=figure_values(edition, lens),
        asked=len(lens.traces),
        counted=_counted(lens),
        not_applicable_heavy=lens.not_applicable_heavy,
    )


def figure_values(edition: Edition, scored: DomainResult | PillarResult) -> FigureValues | None:
    if scored.low is None or scored.high is None or scored.proven is None:
        return None
    return FigureValues(
        low=named_figure(edition, scored.low.figure),
        high=named_figure(edition, scored.high.figure),
        proven=named_figure(edition, scored.proven.figure),
        caps=tuple(cap_value(edition, cap) for cap in scored.low.caps),
    )


def cap_value(edition: Edition, cap: Cap) -> CapValue:
    """The cap with the names that the edition gives its gate and label."""
    return CapValue(
        question=question_ref(cap.question),
        gate=named_gate(edition, cap.gate),
        cap=named_label(edition, cap.cap),
        provisional=cap.provisional,
    )


def _counted(domain: DomainResult) -> int:
    return sum(trace.counted for trace in domain.traces)
