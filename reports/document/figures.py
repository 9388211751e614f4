"""Cover, summary, pillars and domains: the parts of the report that show figures."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.types import Edition
from assessments.formatting.charts import ChartRow, bars, meter, radar
from assessments.pages.computed import WorkedFigure
from assessments.results.recorded_answers import RecordedAnswer
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import DomainResult, Figure, PillarResult, ScoredResult
from assessments.wording import date_text, depth_name, figure_change_text, figure_words
from reports.document.prose import among_others, one_line, prose, shortened
from reports.document.questions import question_part
from reports.document.types import Cover, DomainPart, Move, PillarPart, PlanStep, Summary

RUNNING_NAME = 60
"""Longest name in the running header."""

LONG_NAME = 45
"""A longer one is set smaller on the cover."""


def cover(
    organisation: str, finished_on: date, edition: Edition, outcome: ScoredResult, reviewed: tuple[str, ...]
) -> Cover:
    return Cover(
        title=_("Privacy and security self-assessment"),
        organisation=prose(one_line(organisation)),
        running=_("%(organisation)s, %(date)s, edition %(edition)s")
        % {
            "organisation": among_others(shortened(one_line(organisation), RUNNING_NAME)),
            "date": date_text(finished_on),
            "edition": edition.id,
        },
        long_name=len(organisation) > LONG_NAME,
        date=date_text(finished_on),
        depth=depth_name(outcome.run.depth),
        edition=f"{edition.id}, {edition.title}",
        law_status=date_text(edition.law_status_as_of),
        questions=_("%(answered)d of %(asked)d answered") % {"answered": outcome.answered, "asked": outcome.asked},
        reviewed=reviewed,
    )


def summary(
    edition: Edition,
    outcome: ScoredResult,
    first: tuple[PlanStep, ...],
    gains: Iterable[FigureBeforeAfter],
    reviewed: tuple[str, ...],
) -> Summary:
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return Summary(
        overall=edition.labels[outcome.overall].name if outcome.overall is not None else "",
        first=first,
        moves=tuple(
            Move(names[change.code], figure_change_text(edition, change.before, change.after))
            for change in gains
            if change.moves
        ),
        facts=(*_facts(outcome), *(f"{line}." for line in reviewed)),
    )


def _facts(outcome: ScoredResult) -> Iterable[str]:
    yield _("%(answered)d of %(asked)d questions answered.") % {"answered": outcome.answered, "asked": outcome.asked}
    unknown = len(outcome.find_out)
    if unknown:
        yield ngettext(
            "%(count)d has no known answer yet: it counts as missing until you find out.",
            "%(count)d have no known answer yet: they count as missing until you find out.",
            unknown,
        ) % {"count": unknown}
    duties = len(outcome.open_duties)
    yield ngettext("%(count)d duty of law is open.", "%(count)d duties of law are open.", duties) % {"count": duties}


def pillar_parts(edition: Edition, outcome: ScoredResult, worked: Iterable[WorkedFigure]) -> tuple[PillarPart, ...]:
    sums = {figure.code: figure for figure in worked}
    described = {pillar.code: pillar for pillar in edition.pillars}
    return tuple(
        PillarPart(
            name=described[pillar.code].name,
            says=described[pillar.code].says,
            words=figure_words(edition, pillar.low, pillar.high),
            up_to=_up_to(edition, pillar),
            proven=_proven(edition, pillar),
            meter=meter(_row(described[pillar.code].name, pillar)),
            worked=sums.get(pillar.code),
        )
        for pillar in outcome.pillars
    )


def domain_parts(
    edition: Edition,
    outcome: ScoredResult,
    worked: Iterable[WorkedFigure],
    answers: Mapping[str, RecordedAnswer],
) -> tuple[DomainPart, ...]:
    """The domains in which this business was asked anything."""
    sums = {figure.code: figure for figure in worked}
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return tuple(
        _domain_part(edition, domain, edition.domain[domain.code].title, names, sums.get(domain.code), answers, outcome)
        for domain in outcome.domains
        if domain.traces
    )


def lens_part(edition: Edition, outcome: ScoredResult, worked: WorkedFigure | None) -> DomainPart | None:
    """The questions about AI wherever they stand: shown, never counted; told without its questions."""
    if outcome.lens is None:
        return None
    return _domain_part(edition, outcome.lens, _("All questions about AI"), {}, worked, None, outcome)


def _domain_part(
    edition: Edition,
    domain: DomainResult,
    title: str,
    pillars: Mapping[str, str],
    worked: WorkedFigure | None,
    answers: Mapping[str, RecordedAnswer] | None,
    outcome: ScoredResult,
) -> DomainPart:
    described = edition.domain.get(domain.code)
    counted = sum(trace.counted for trace in domain.traces)
    return DomainPart(
        code=domain.code,
        anchor=f"domain-{domain.code.lower()}",
        title=title,
        promise=described.promise if described else "",
        pillar=pillars.get(described.pillar, "") if described else "",
        words=figure_words(edition, domain.low, domain.high),
        up_to=_up_to(edition, domain),
        proven=_proven(edition, domain),
        counted=_("%(counted)d of %(asked)d") % {"counted": counted, "asked": len(domain.traces)},
        meter=meter(_row(title, domain)),
        worked=worked,
        heavy=_("More than a quarter of this domain was left out as not applicable.")
        if domain.not_applicable_heavy
        else "",
        questions=()
        if answers is None
        else tuple(
            question_part(edition, outcome.run, trace, answers.get(trace.question.id)) for trace in domain.traces
        ),
    )


def radar_chart(edition: Edition, outcome: ScoredResult) -> SafeString:
    return radar(_rows(edition, outcome))


def bar_chart(edition: Edition, outcome: ScoredResult) -> SafeString:
    return bars(_rows(edition, outcome))


def _rows(edition: Edition, outcome: ScoredResult) -> Sequence[ChartRow]:
    return [_row(edition.domain[domain.code].title, domain) for domain in outcome.domains if domain.traces]


def _row(title: str, scored: DomainResult | PillarResult) -> ChartRow:
    low, high = scored.low, scored.high
    return ChartRow(title, low.figure if low else None, high.figure if high else None)


def _up_to(edition: Edition, scored: DomainResult | PillarResult) -> str:
    """The figure if everything unknown turned out well; empty where nothing is unknown that counts."""
    if scored.low is None or scored.high is None or scored.high.figure == scored.low.figure:
        return ""
    return _named(edition, scored.high.figure)


def _named(edition: Edition, figure: Figure) -> str:
    return f"{figure} {edition.labels[figure.label].name}"


def _proven(edition: Edition, scored: DomainResult | PillarResult) -> str:
    """The figure that counts only what has named proof."""
    if scored.proven is None:
        return ""
    return _named(edition, scored.proven.figure)
