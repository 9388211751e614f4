"""From a frozen result to what a portfolio takes from it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from assessments.bank.types import Edition, FindingKind
from assessments.presentation.placeholders import BusinessPlace
from assessments.presentation.step_values import business_steps
from assessments.scoring.types import DomainResult, PillarResult, ScoredAnswerKind, ScoredResult, Trace
from reports.portfolio.told.types import ClientResult, LevelRange, QuestionStanding


def client_result(edition: Edition, outcome: ScoredResult, *, finished_on: date, country: str) -> ClientResult:
    """`country` is the option that the business chose; "" names no authority in its first step."""
    unlabelled = {pillar.code for pillar in outcome.pillars if pillar.first_indication}
    labelled = [domain for domain in outcome.domains if edition.domain[domain.code].pillar not in unlabelled]
    counts = outcome.counts
    return ClientResult(
        bank=edition.bank,
        edition=edition.id,
        finished_on=finished_on,
        depth=outcome.run.depth,
        pillars=dict(_ranges(pillar for pillar in outcome.pillars if not pillar.first_indication)),
        domains=dict(_ranges(labelled)),
        questions=dict(_standings(outcome)),
        not_lawful_now=sum(item.finding is FindingKind.NOW and not item.provisional for item in outcome.must_fix),
        urgent_gaps=counts.urgent_gaps if counts else 0,
        open_duties=sum(not item.provisional for item in outcome.open_duties),
        starts=tuple(item.day for item in outcome.starting_soon),
        first_step=_first_step(edition, outcome, BusinessPlace(country, outcome.run.tags, finished_on)),
    )


def _ranges(parts: "Iterable[PillarResult | DomainResult]") -> Iterator[tuple[str, LevelRange]]:
    for part in parts:
        if part.low and part.high:
            yield part.code, LevelRange(part.low.figure, part.high.figure)


def _standings(outcome: ScoredResult) -> Iterator[tuple[str, QuestionStanding]]:
    for domain in outcome.domains:
        for trace in domain.traces:
            if trace.counted and trace.target is not None:
                yield trace.question.id, QuestionStanding(in_place=trace.in_place, known=_is_known(trace))


def _is_known(trace: Trace) -> bool:
    return trace.answer is not None and trace.answer.kind is ScoredAnswerKind.LEVEL


def _first_step(edition: Edition, outcome: ScoredResult, place: BusinessPlace) -> str:
    if not outcome.todo:
        return ""
    steps = business_steps(edition, replace(outcome, todo=outcome.todo[:1]), place)
    return steps[outcome.todo[0].question.id][0].text
