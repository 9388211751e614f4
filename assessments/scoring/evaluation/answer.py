"""One answer, with everything that follows from it (rules 3, 5, 6 and 14 to 18)."""

from dataclasses import dataclass
from functools import lru_cache

from assessments.bank.types import GateKind
from assessments.scoring.evaluation.findings import Findings, find_out, findings_at
from assessments.scoring.evaluation.places import Order
from assessments.scoring.evaluation.plan_order import todo_at
from assessments.scoring.terms import PreparedQuestion, excuses
from assessments.scoring.types import TOP, Counts, LeftOut, ScoredAnswer, ScoredAnswerKind, Todo, Trace

WITHOUT_PROOF = 2

_DONT_KNOW = ScoredAnswer(ScoredAnswerKind.UNKNOWN)
_NOTHING = Findings()
# Few differ, and thousands are kept.
_counts = lru_cache(maxsize=256)(Counts)
_NOT_COUNTED = _counts(0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class AnswerEvaluation:
    """A trace, what it adds to the counts, and the entries in the lists of the result with their sort keys there."""

    asked: PreparedQuestion
    trace: Trace
    settled: bool
    counts: Counts
    closed_if_proven: bool = False
    findings: Findings = _NOTHING
    left_out: LeftOut | None = None
    todo: tuple[Order, Todo] | None = None


def evaluate_answer(asked: PreparedQuestion, answer: ScoredAnswer | None) -> AnswerEvaluation:
    """None is a question without an answer."""
    if answer is None:
        return _of_unknown(asked, None)
    if answer.kind is ScoredAnswerKind.LEVEL and answer.level is not None:
        return _of_level(asked, answer.level, answer.has_evidence)
    if answer.kind is ScoredAnswerKind.UNKNOWN:
        return _of_unknown(asked, _DONT_KNOW)
    if excuses(answer, asked.may_be_left_out):
        trace = _trace(asked, answer, None, None, None)
        left_out = LeftOut(asked.question, answer.reason)
        return AnswerEvaluation(asked, trace, settled=True, counts=_NOT_COUNTED, left_out=left_out)
    # "Not applicable" where that is not offered, or without a reason: as if unanswered.
    return _unknown(asked, answer, settled=False)


def is_closed(asked: PreparedQuestion, value: int | None) -> bool:
    return asked.gate is not None and value is not None and value < asked.gate.min_level


# A question can be answered in a dozen ways, so the outcome of each is kept: it takes most of the time of scoring.
# 1,000 businesses with random facts and answers make 10,700 entries of 0.9 kB.
@lru_cache(maxsize=13_312)
def _of_level(asked: PreparedQuestion, level: int, has_evidence: bool) -> AnswerEvaluation:
    proven = level if has_evidence else min(level, WITHOUT_PROOF)
    trace = _trace(asked, ScoredAnswer(ScoredAnswerKind.LEVEL, level, has_evidence=has_evidence), level, level, proven)
    findings = findings_at(asked, level)
    return AnswerEvaluation(
        asked=asked,
        trace=trace,
        settled=True,
        counts=_counts_at(asked, trace, findings),
        closed_if_proven=is_closed(asked, proven),
        findings=_NOTHING if findings == _NOTHING else findings,
        todo=todo_at(asked, level),
    )


@lru_cache(maxsize=4_096)
def _of_unknown(asked: PreparedQuestion, answer: ScoredAnswer | None) -> AnswerEvaluation:
    return _unknown(asked, answer, settled=answer is not None)


def _unknown(asked: PreparedQuestion, answer: ScoredAnswer | None, *, settled: bool) -> AnswerEvaluation:
    trace = _trace(asked, answer, 0, TOP, 0)
    findings = Findings(find_out=find_out(asked, settled))
    counts = _counts(
        in_place=0,
        counted=1,
        unknown=1,
        urgent_gaps=0,
        open_duties=0,
        gates_not_looked_at=int(asked.sure_gate is not None),
        gates_to_check=int(asked.gate is not None and asked.sure_gate is None),
    )
    return AnswerEvaluation(asked, trace, settled, counts, trace.closed, findings)


def _counts_at(asked: PreparedQuestion, trace: Trace, findings: Findings) -> Counts:
    sure = asked.sure_gate if trace.closed else None
    return _counts(
        in_place=int(trace.in_place),
        counted=1,
        unknown=0,
        urgent_gaps=int(sure is not None and sure.kind is not GateKind.FOUNDATION),
        open_duties=len(findings.open_duties),
        gates_not_looked_at=int(sure is not None and sure.kind is GateKind.FOUNDATION),
        gates_to_check=int(trace.closed and sure is None),
    )


def _trace(
    asked: PreparedQuestion, answer: ScoredAnswer | None, low: int | None, high: int | None, proven: int | None
) -> Trace:
    return Trace(
        question=asked.question,
        answer=answer,
        low=low,
        high=high,
        proven=proven,
        gate=asked.gate,
        closed=is_closed(asked, low),
        closed_if_high=is_closed(asked, high),
        provisional=asked.provisional or asked.gate_provisional,
        target=asked.target,
    )
