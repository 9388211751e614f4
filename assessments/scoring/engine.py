"""The one path from answers to a result: page, preview, PDF and API all call `score`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.bank.types import Edition
from assessments.scoring import findings
from assessments.scoring.sums import TOP, domain_sum, is_closed, pillar_sum
from assessments.scoring.terms import Asked, Terms, prepare
from assessments.scoring.types import (
    Answer,
    AnswerKind,
    Answers,
    DomainResult,
    PillarResult,
    Result,
    Run,
    Sum,
    Trace,
)

LENS = "ai_lens"
WITHOUT_PROOF = 2

Asking = tuple[Asked, Trace]


@dataclass(frozen=True, slots=True)
class _Scored:
    result: DomainResult
    asking: list[Asking]


def score(edition: Edition, run: Run, answers: Answers, today: date) -> Result:
    """`today` decides which duties have started. Answers to questions that are not asked play no part."""
    terms = prepare(edition, run, today)
    domains = [_score_domain(code, questions, answers) for code, questions in terms.domains]
    asking = [pair for domain in domains for pair in domain.asking]
    pillars = _score_pillars(edition, [domain.result for domain in domains], asking)
    return _result(terms, run, domains, pillars, asking)


def _result(
    terms: Terms, run: Run, domains: Sequence[_Scored], pillars: tuple[PillarResult, ...], asking: Sequence[Asking]
) -> Result:
    levels, unknown, excused = _sort_by_answer(asking)
    labels = [pillar.low.figure.label for pillar in pillars if pillar.low]
    lens = [(asked, trace) for asked, trace in asking if asked.in_lens]
    return Result(
        run=run,
        domains=tuple(domain.result for domain in domains),
        pillars=pillars,
        overall=min(labels, default=None),
        must_fix=findings.must_fix(levels),
        open_duties=findings.open_duties(terms.edition, levels),
        find_out=findings.find_out(unknown),
        left_out=findings.left_out(excused),
        todo=findings.todo(levels),
        asked=len(asking),
        answered=sum(asked.settled_by(trace.answer) for asked, trace in asking),
        lens=_domain_result(LENS, lens) if lens else None,
    )


def _sort_by_answer(asking: Iterable[Asking]) -> tuple[list[Asking], list[Asking], list[Asking]]:
    levels: list[Asking] = []
    unknown: list[Asking] = []
    excused: list[Asking] = []
    for pair in asking:
        trace = pair[1]
        if trace.low is None:
            excused.append(pair)
        elif trace.answer is not None and trace.answer.kind is AnswerKind.LEVEL:
            levels.append(pair)
        else:
            unknown.append(pair)
    return levels, unknown, excused


def _score_domain(code: str, questions: Sequence[Asked], answers: Answers) -> _Scored:
    asking = [(asked, trace_of(asked, answers.get(asked.id))) for asked in questions]
    return _Scored(_domain_result(code, asking), asking)


def trace_of(asked: Asked, answer: Answer | None) -> Trace:
    """Rules 3, 5, 6 and 18 for one question."""
    low: int | None
    high: int | None
    proven: int | None
    if answer is not None and answer.kind is AnswerKind.LEVEL:
        low = high = proven = answer.level
        if low is not None and low > WITHOUT_PROOF and not answer.has_evidence:
            proven = WITHOUT_PROOF
    elif asked.excused_by(answer):
        low = high = proven = None
    else:
        low, high, proven = 0, TOP, 0
    return Trace(
        question=asked.question,
        answer=answer,
        low=low,
        high=high,
        proven=proven,
        gate=asked.gate,
        closed=low is not None and is_closed(asked, low),
        closed_if_high=high is not None and is_closed(asked, high),
        provisional=asked.provisional or asked.gate_provisional,
    )


def _domain_result(code: str, asking: Sequence[Asking]) -> DomainResult:
    low = [(asked, trace.low) for asked, trace in asking if trace.low is not None]
    high = [(asked, trace.high) for asked, trace in asking if trace.high is not None]
    proven = [(asked, trace.proven) for asked, trace in asking if trace.proven is not None]
    weight = sum(asked.weight for asked, _ in asking)
    counted = sum(asked.weight for asked, _ in low)
    low_sum = domain_sum(low)
    return DomainResult(
        code=code,
        low=low_sum,
        high=low_sum if high == low else domain_sum(high),
        proven=low_sum if proven == low else domain_sum(proven),
        traces=tuple(trace for _, trace in asking),
        not_applicable_heavy=4 * (weight - counted) > weight,
    )


def _score_pillars(
    edition: Edition, domains: Sequence[DomainResult], asking: Sequence[Asking]
) -> tuple[PillarResult, ...]:
    gated = [pair for pair in asking if pair[0].gate is not None]
    low = [asked for asked, trace in gated if trace.closed]
    high = [asked for asked, trace in gated if trace.closed_if_high]
    proven = [asked for asked, trace in gated if trace.proven is not None and is_closed(asked, trace.proven)]
    found = []
    for pillar in edition.pillars:
        own = [domain for domain in domains if domain.low and edition.domain[domain.code].pillar == pillar.code]
        found.append(
            PillarResult(
                code=pillar.code,
                low=pillar_sum(pillar.code, _sums(domain.low for domain in own), low),
                high=pillar_sum(pillar.code, _sums(domain.high for domain in own), high),
                proven=pillar_sum(pillar.code, _sums(domain.proven for domain in own), proven),
                domains=tuple(domain.code for domain in own),
            )
        )
    return tuple(found)


def _sums(sums: Iterable[Sum | None]) -> list[Sum]:
    return [item for item in sums if item is not None]
