"""What a kind of report may hold, and which of its sections have something to say."""

from dataclasses import replace

from assessments.wording.figures import DomainWords, FigureWords, PillarWords
from assessments.wording.result import ResultWords
from reports.document.held_values import held_values
from reports.document.types import (
    DomainPart,
    EvidencePart,
    NinetyDays,
    PillarPart,
    PlanPart,
    Prose,
    ReportDocument,
    ScopePart,
)
from reports.kinds.registry import PLAN
from reports.kinds.sections import ReportSection


def held(document: ReportDocument) -> ReportDocument:
    """Without what its kind may not hold: a file that leaves the house cannot have it in any format."""
    document = replace(document, told=held_values(document.told, document.kind))
    if not document.kind.answers:
        document = _without_answers(document)
    return document if document.kind.findings else _without_findings(document)


def _without_answers(document: ReportDocument) -> ReportDocument:
    bare = tuple(replace(domain, questions=(), worked=None) for domain in document.domains)
    return replace(
        document, domains=bare, evidence=EvidencePart((), ()), left_out=(), words=replace(document.words, left_out=())
    )


def _without_findings(document: ReportDocument) -> ReportDocument:
    return replace(
        document,
        words=_words_without_findings(document.words),
        pillars=tuple(_pillar_outline(pillar) for pillar in document.pillars),
        domains=tuple(_domain_outline(domain) for domain in document.domains),
        lens=_domain_outline(document.lens) if document.lens else None,
        scope=ScopePart((), (), ()),
        brand=replace(document.brand, closing=Prose((), "ltr", unbroken=False)) if document.brand else None,
        changes=(),
        since=None,
        plan=PlanPart((), ()),
        ninety_days=NinetyDays((), (), ""),
        duty_rows=(),
        open_lists=(),
    )


def _words_without_findings(words: ResultWords) -> ResultWords:
    """Counts, levels and the names of the laws stay; what is quoted or named of the answers goes."""
    return replace(
        words,
        in_short="",
        strengths=(),
        promise="",
        to_go=(),
        changes=(),
        first=(),
        later=(),
        firmness="",
        must_fix=(),
        on_the_day=(),
        find_out=(),
        not_looked_at=(),
        to_check=(),
        starting_soon=(),
        depth_differences=(),
        pillars=tuple(_outlined_pillar(pillar) for pillar in words.pillars),
        domains=tuple(_outlined_domain(domain) for domain in words.domains),
        lens=_outlined_domain(words.lens) if words.lens else None,
        laws=tuple(replace(law, duties=(), nothing_open="", unsettled=()) for law in words.laws),
    )


def _pillar_outline(pillar: PillarPart) -> PillarPart:
    return replace(pillar, words=_outlined_pillar(pillar.words), worked=None)


def _domain_outline(domain: DomainPart) -> DomainPart:
    return replace(domain, words=_outlined_domain(domain.words), worked=None, questions=())


def _outlined_pillar(words: PillarWords) -> PillarWords:
    return replace(words, figure=_uncapped(words.figure), next=None)


def _outlined_domain(words: DomainWords) -> DomainWords:
    return replace(words, figure=_uncapped(words.figure), heavy="", next=None)


def _uncapped(figure: FigureWords) -> FigureWords:
    """A cap names the question that caps, what is missing quotes it."""
    return replace(figure, capped="", there="", missing="")


def says_something(section: ReportSection, document: ReportDocument) -> bool:
    words = document.words
    open_points = bool(words.find_out or words.not_looked_at or words.to_check)
    return {
        ReportSection.SINCE: document.since is not None or document.kind.compares,
        ReportSection.ADVICE: bool(document.advice),
        ReportSection.OWN_STEPS: bool(document.own_steps),
        ReportSection.NINETY_DAYS: bool(words.first),
        ReportSection.PLAN: bool(words.first) or document.kind is PLAN,
        ReportSection.MUST_FIX: bool(words.must_fix),
        ReportSection.ON_THE_DAY: bool(words.on_the_day),
        ReportSection.FIND_OUT: open_points,
        ReportSection.OPEN_POINTS: open_points or bool(words.must_fix or words.on_the_day),
        ReportSection.NEXT: document.has_next,
    }.get(section, True)
