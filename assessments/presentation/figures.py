"""Where the business stands: overall, pillars, domains, and the AI questions of all domains together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.bank.types import Depth, Edition
from assessments.planning.depths import LabelDifference, label_differences
from assessments.planning.next_label import NextLabel, domain_next_label, pillar_next_label
from assessments.planning.what_if import answers_in
from assessments.presentation.named_values import (
    NamedFigure,
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_figure,
    named_gate,
    named_label,
    named_level,
    question_ref,
)
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.engine import score
from assessments.scoring.terms import RESPONSIBLE_AI
from assessments.scoring.types import Cap, Counts, DomainResult, PillarResult, Run, ScoredResult


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
class NamedRise:
    """A question to raise; `now` is None where nobody knows it. `provisional` rests on an unsure fact."""

    question: QuestionRef
    now: NamedLevel | None
    to: NamedLevel
    provisional: bool


@dataclass(frozen=True, slots=True)
class NextLabelValues:
    """What stands between a figure and the label `following`: the fewest questions that have to rise."""

    following: NamedLevel
    rises: tuple[NamedRise, ...]


@dataclass(frozen=True, slots=True)
class OverallStatement:
    """The lowest pillar label. None where no pillar has one."""

    kind: ClassVar[StatementKind] = StatementKind.OVERALL
    label: NamedLevel | None


@dataclass(frozen=True, slots=True)
class PillarStatement:
    """`figure` is None where no domain is assessed, and for a `first_indication`: too few questions for a label.

    `counted` are the questions that it rests on; `counts` is None in results stored before there were any.
    """

    kind: ClassVar[StatementKind] = StatementKind.PILLAR
    code: str
    name: str
    says: str
    figure: FigureValues | None
    first_indication: bool
    counted: int
    counts: Counts | None
    next_label: NextLabelValues | None


@dataclass(frozen=True, slots=True)
class DomainStatement:
    """`asked` and `counted` are numbers of questions; the difference was left out as not applicable.

    `in_place` is how many of the counted ones are at their target, None in results stored before there were targets.
    `figure` is also None for a `first_indication`: its pillar rests on too few questions for a label.
    `not_applicable_heavy`: more than a quarter of the weight was left out.
    """

    kind: ClassVar[StatementKind] = StatementKind.DOMAIN
    code: str
    title: str
    promise: str
    pillar: str
    figure: FigureValues | None
    first_indication: bool
    asked: int
    counted: int
    in_place: int | None
    not_applicable_heavy: bool
    next_label: NextLabelValues | None


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
    return tuple(_pillar(edition, result, pillar) for pillar in result.pillars)


def _pillar(edition: Edition, result: ScoredResult, pillar: PillarResult) -> PillarStatement:
    described = next(own for own in edition.pillars if own.code == pillar.code)
    return PillarStatement(
        code=pillar.code,
        name=described.name,
        says=described.says,
        figure=None if pillar.first_indication else figure_values(edition, pillar),
        first_indication=pillar.first_indication,
        counted=pillar.counted,
        counts=pillar.counts,
        next_label=_next_label(edition, pillar_next_label(result, pillar.code)),
    )


def tell_domains(edition: Edition, result: ScoredResult) -> tuple[DomainStatement, ...]:
    """The domains in which this business was asked anything."""
    return tuple(_domain(edition, result, domain) for domain in result.domains if domain.traces)


def _domain(edition: Edition, result: ScoredResult, domain: DomainResult) -> DomainStatement:
    described = edition.domain[domain.code]
    first = any(pillar.first_indication for pillar in result.pillars if pillar.code == described.pillar)
    return DomainStatement(
        code=domain.code,
        title=described.title,
        promise=described.promise,
        pillar=next(pillar.name for pillar in edition.pillars if pillar.code == described.pillar),
        figure=None if first else figure_values(edition, domain),
        first_indication=first and domain.assessed,
        asked=len(domain.traces),
        counted=_counted(domain),
        in_place=_in_place(domain),
        not_applicable_heavy=domain.not_applicable_heavy,
        next_label=None if first else _next_label(edition, domain_next_label(result, domain.code)),
    )


def _in_place(domain: DomainResult) -> int | None:
    if any(trace.target is None for trace in domain.traces):
        return None
    return sum(trace.in_place for trace in domain.traces)


def _next_label(edition: Edition, found: NextLabel | None) -> NextLabelValues | None:
    if found is None:
        return None
    return NextLabelValues(
        following=named_label(edition, found.following),
        rises=tuple(
            NamedRise(
                question=question_ref(rise.question),
                now=named_level(edition, rise.level) if rise.level is not None else None,
                to=named_level(edition, rise.to),
                provisional=rise.provisional,
            )
            for rise in found.rises
        ),
    )


def tell_lens(edition: Edition, result: ScoredResult) -> LensStatement | None:
    """None also where the pillar of responsible AI is a first indication: then the lens is little more."""
    lens = result.lens
    if lens is None or any(pillar.first_indication for pillar in result.pillars if pillar.code == RESPONSIBLE_AI):
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


@dataclass(frozen=True, slots=True)
class DepthDifferenceStatement:
    """A pillar or domain whose label is more than one from that of a run at `depth`; `name` is its title."""

    kind: ClassVar[StatementKind] = StatementKind.DEPTH_DIFFERENCE
    code: str
    name: str
    depth: Depth
    here: NamedLevel
    there: NamedLevel
    questions: tuple[QuestionRef, ...]


def tell_depth_differences(edition: Edition, result: ScoredResult, day: date) -> tuple[DepthDifferenceStatement, ...]:
    """Against each less deep run, the quickest first; pillars before domains. Most results have none."""
    return tuple(_told(edition, result, day))


def _told(edition: Edition, result: ScoredResult, day: date) -> Iterator[DepthDifferenceStatement]:
    run = result.run
    answers = answers_in(result)
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    names |= {domain.code: domain.title for domain in edition.domains}
    for depth in (depth for depth in Depth if depth.rank < run.depth.rank):
        other = score(edition, Run(depth, run.tags, run.provisional), answers, day)
        for found in label_differences(result, other):
            yield _statement(edition, names[found.code], depth, found)


def _statement(edition: Edition, name: str, depth: Depth, found: LabelDifference) -> DepthDifferenceStatement:
    return DepthDifferenceStatement(
        code=found.code,
        name=name,
        depth=depth,
        here=named_label(edition, found.label),
        there=named_label(edition, found.other_label),
        questions=tuple(question_ref(rise.question) for rise in found.rises),
    )
