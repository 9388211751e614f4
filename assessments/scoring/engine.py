"""The one path from answers to a result: page, preview, PDF and API all call `score`."""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import TypeVar

from assessments.bank.types import Depth, Edition
from assessments.scoring.evaluation.answer import AnswerEvaluation, evaluate_answer
from assessments.scoring.evaluation.counting import count_all, count_pillar
from assessments.scoring.evaluation.findings import Placed
from assessments.scoring.evaluation.plan_order import in_plan_order
from assessments.scoring.sums import domain_sum, pillar_sum
from assessments.scoring.terms import PreparedQuestion, prepare_questions
from assessments.scoring.types import (
    Answers,
    DomainResult,
    PillarResult,
    Run,
    ScoredResult,
    Sum,
)

LENS = "ai_lens"
# Rule 12a: a pillar of a quick run with fewer counted questions has no label.
ENOUGH_FOR_A_LABEL = 4

Item = TypeVar("Item")
_by_place = itemgetter(0)


def score(
    edition: Edition, run: Run, answers: Answers, today: date, *, among: Container[str] | None = None
) -> ScoredResult:
    """`today` decides what has started. Answers to questions that are not asked are ignored.

    With `among` only these questions are asked, as if the bank had no others.
    """
    prepared = prepare_questions(edition, run, today).domains
    by_domain = [(code, _evaluated(questions, answers, among)) for code, questions in prepared]
    domains = [_domain_result(code, outcomes) for code, outcomes in by_domain]
    outcomes = [outcome for _, own in by_domain for outcome in own]
    findings = [outcome.findings for outcome in outcomes]
    pillars = _pillar_results(edition, run, domains, outcomes)
    lens = [outcome for outcome in outcomes if outcome.asked.in_lens]
    return ScoredResult(
        run=run,
        domains=tuple(domains),
        pillars=pillars,
        overall=_lowest_label(pillars),
        must_fix=_in_place([own.must_fix for own in findings if own.must_fix]),
        open_duties=_in_place([duty for own in findings for duty in own.open_duties]),
        find_out=_in_place([own.find_out for own in findings if own.find_out]),
        left_out=tuple([outcome.left_out for outcome in outcomes if outcome.left_out]),
        todo=in_plan_order([outcome.todo for outcome in outcomes if outcome.todo]),
        asked=len(outcomes),
        answered=sum([outcome.settled for outcome in outcomes]),
        lens=_domain_result(LENS, lens) if lens else None,
        on_the_day=_in_place([own.on_the_day for own in findings if own.on_the_day]),
        duties_on_the_day=_in_place([duty for own in findings for duty in own.duties_on_the_day]),
        not_looked_at=_in_place([own.not_looked_at for own in findings if own.not_looked_at]),
        to_check=_in_place([own.to_check for own in findings if own.to_check]),
        starting_soon=_in_place([item for own in findings for item in own.starting_soon]),
        counts=count_all(outcomes),
    )


def _evaluated(
    questions: Iterable[PreparedQuestion], answers: Answers, among: Container[str] | None
) -> list[AnswerEvaluation]:
    return [
        evaluate_answer(asked, answers.get(asked.question.id))
        for asked in questions
        if among is None or asked.question.id in among
    ]


def _lowest_label(pillars: Iterable[PillarResult]) -> int | None:
    return min([pillar.label for pillar in pillars if pillar.label is not None], default=None)


def _in_place(items: Iterable[Placed[Item]]) -> tuple[Item, ...]:
    return tuple([item for _, item in sorted(items, key=_by_place)])


def _domain_result(code: str, outcomes: Sequence[AnswerEvaluation]) -> DomainResult:
    traces = tuple([outcome.trace for outcome in outcomes])
    counted = [outcome.asked for outcome in outcomes if outcome.trace.counted]
    low = [trace.low for trace in traces if trace.low is not None]
    high = [trace.high for trace in traces if trace.high is not None]
    proven = [trace.proven for trace in traces if trace.proven is not None]
    low_sum = domain_sum(counted, low)
    asked_weight = sum([outcome.asked.weight for outcome in outcomes])
    left_out = asked_weight - (low_sum.whole if low_sum else 0)
    return DomainResult(
        code=code,
        low=low_sum,
        high=low_sum if high == low else domain_sum(counted, high),
        proven=low_sum if proven == low else domain_sum(counted, proven),
        traces=traces,
        not_applicable_heavy=4 * left_out > asked_weight,
    )


def _pillar_results(
    edition: Edition, run: Run, domains: Sequence[DomainResult], outcomes: Sequence[AnswerEvaluation]
) -> tuple[PillarResult, ...]:
    gated = [outcome for outcome in outcomes if outcome.asked.gate]
    low = [outcome.asked for outcome in gated if outcome.trace.closed]
    high = [outcome.asked for outcome in gated if outcome.trace.closed_if_high]
    proven = [outcome.asked for outcome in gated if outcome.closed_if_proven]
    found = []
    for pillar in edition.pillars:
        own = [domain for domain in domains if domain.low and edition.domain[domain.code].pillar == pillar.code]
        counts = count_pillar(pillar.code, outcomes)
        found.append(
            PillarResult(
                code=pillar.code,
                low=pillar_sum(pillar.code, _sums(domain.low for domain in own), low),
                high=pillar_sum(pillar.code, _sums(domain.high for domain in own), high),
                proven=pillar_sum(pillar.code, _sums(domain.proven for domain in own), proven),
                domains=tuple([domain.code for domain in own]),
                counted=counts.counted,
                first_indication=run.depth is Depth.QUICK and 0 < counts.counted < ENOUGH_FOR_A_LABEL,
                counts=counts,
            )
        )
    return tuple(found)


def _sums(sums: Iterable[Sum | None]) -> list[Sum]:
    return [item for item in sums if item is not None]
