"""How every figure was computed: the worked sums of scoring in words and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.access import AssessmentAccess
from assessments.bank.types import Edition, Gate
from assessments.models import Result
from assessments.queries import load_scored_result
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
from assessments.scoring.types import ScoredResult
from assessments.wording import joined


@dataclass(frozen=True, slots=True)
class ShareLine:
    name: str
    part: int
    whole: int
    percent: str
    enough: bool


@dataclass(frozen=True, slots=True)
class DomainPart:
    title: str
    label: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question as it went into the figures; `up_to` and `proven` are given where they differ from `level`.

    `gate` says what a gate does that is closed in one of the figures, `closed` that it is so in the first.
    """

    id: str
    text: str
    weight: int
    level: int | None
    up_to: int | None
    proven: int | None
    closed: bool
    gate: str
    left_out: str


@dataclass(frozen=True, slots=True)
class WorkedFigure:
    """One figure as answered, with the sums for "could be up to" and "with proof" where they differ."""

    code: str
    title: str
    label: str
    arithmetic: str
    other_sums: tuple[tuple[str, str], ...]
    shares: tuple[ShareLine, ...]
    uncapped: str
    stops: tuple[str, ...]
    questions: tuple[QuestionLine, ...]
    domains: tuple[DomainPart, ...]


@dataclass(frozen=True, slots=True)
class ComputedPage:
    edition: Edition
    pillars: tuple[WorkedFigure, ...]
    domains: tuple[WorkedFigure, ...]
    lens: WorkedFigure | None


def computed_page(access: AssessmentAccess, result: Result) -> ComputedPage:
    return worked_figures(access.edition, load_scored_result(access.edition, result))


def worked_figures(edition: Edition, outcome: ScoredResult) -> ComputedPage:
    """The worked sums alone, for the report too."""
    titles = {pillar.code: pillar.name for pillar in edition.pillars}
    pillars = (
        _worked(edition, titles[pillar.code], {which: explain_pillar(outcome, pillar, which) for which in ScoringPass})
        for pillar in outcome.pillars
    )
    domains = (
        _worked(
            edition, edition.domain[domain.code].title, {which: explain_domain(domain, which) for which in ScoringPass}
        )
        for domain in outcome.domains
    )
    lens = outcome.lens and _worked(
        edition, _("All questions about AI"), {which: explain_domain(outcome.lens, which) for which in ScoringPass}
    )
    return ComputedPage(
        edition=edition,
        pillars=tuple(figure for figure in pillars if figure),
        domains=tuple(figure for figure in domains if figure),
        lens=lens or None,
    )


def _worked(edition: Edition, title: str, passes: dict[ScoringPass, Working | None]) -> WorkedFigure | None:
    low = passes[ScoringPass.LOW]
    if low is None:
        return None
    return WorkedFigure(
        code=low.code,
        title=title,
        label=edition.labels[low.label].name,
        arithmetic=_arithmetic(low),
        other_sums=tuple(_other_sums(low, passes)),
        shares=tuple(_share_line(edition, share) for share in low.shares if share.level),
        uncapped=edition.labels[low.uncapped].name if low.uncapped != low.label else "",
        stops=tuple(_stop_sentence(edition, low, stop) for stop in low.stops),
        questions=tuple(_question_lines(edition, passes)),
        domains=tuple(_domain_part(edition, row) for row in low.domains),
    )


def _other_sums(low: Working, passes: dict[ScoringPass, Working | None]) -> Iterator[tuple[str, str]]:
    names = {ScoringPass.HIGH: _("Could be up to"), ScoringPass.PROVEN: _("Counting only what has proof")}
    for which, name in names.items():
        working = passes[which]
        if working and _arithmetic(working) != _arithmetic(low):
            yield name, _arithmetic(working)


def _question_lines(edition: Edition, passes: dict[ScoringPass, Working | None]) -> Iterator[QuestionLine]:
    rows = [working.questions for working in passes.values() if working]
    for low, high, proven in zip(*rows, strict=True):
        closed = low.closed_gate or proven.closed_gate
        yield QuestionLine(
            id=low.question.id,
            text=low.question.text,
            weight=low.weight,
            level=low.value,
            up_to=high.value if high.value != low.value else None,
            proven=proven.value if proven.value != low.value else None,
            closed=low.closed_gate is not None,
            gate=_gate_sentence(edition, closed) if closed else "",
            left_out=low.left_out,
        )


def _gate_sentence(edition: Edition, gate: Gate) -> str:
    domain = _("Below level %(level)s it holds this domain at “%(label)s”.") % {
        "level": gate.min_level,
        "label": edition.labels[gate.cap_domain].name,
    }
    if gate.cap_pillar is None:
        return domain
    pillars = joined([pillar.name for pillar in edition.pillars if pillar.code in gate.pillars])
    return _("%(domain)s It also holds %(pillars)s at “%(label)s”.") % {
        "domain": domain,
        "pillars": pillars,
        "label": edition.labels[gate.cap_pillar].name,
    }


def _arithmetic(working: Working) -> str:
    """ "2 + 7/14 = 2.5"; cut, not rounded, and at most 0.9 is added."""
    if working.progress == 0:
        return str(working.figure)
    added = _mean(working) if working.domains else _weights(working)
    sign = "=" if working.progress * 10 == working.figure.tenths else "≈"
    return f"{working.label} + {added} {sign} {working.figure}"


def _mean(working: Working) -> str:
    return _("mean of %(shares)s") % {"shares": ", ".join(f"{row.part}/{row.whole}" for row in working.domains)}


def _weights(working: Working) -> str:
    share = working.shares[working.label + 1]
    return f"{share.part}/{share.whole}"


def _share_line(edition: Edition, share: LevelShare) -> ShareLine:
    percent = Fraction(100 * share.part, share.whole)
    return ShareLine(edition.labels[share.level].name, share.part, share.whole, f"{int(percent)} %", share.enough)


def _domain_part(edition: Edition, row: DomainWorking) -> DomainPart:
    return DomainPart(edition.domain[row.code].title, edition.labels[row.label].name, row.part, row.whole)


def _stop_sentence(edition: Edition, working: Working, stop: LabelStop) -> str:
    names = joined([edition.domain[name].title if name in edition.domain else name for name in stop.names])
    following = edition.labels[working.label + 1].name
    if stop.kind is LabelStopKind.GATE:
        return _("%(names)s holds it below %(label)s: this question has to reach level %(level)s first.") % {
            "names": names,
            "label": following,
            "level": stop.needed,
        }
    if stop.kind is LabelStopKind.HEAVY:
        return _("Too low for %(label)s, whatever the rest: %(names)s. Each has to reach level %(level)s.") % {
            "names": names,
            "label": following,
            "level": stop.needed,
        }
    return _("Less than 80 %% is at level %(level)s, which %(label)s needs. Below it: %(names)s.") % {
        "names": names,
        "label": following,
        "level": stop.needed,
    }
