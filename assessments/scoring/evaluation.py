"""What one answer to one question leads to (rules 3, 5, 6 and 14 to 18)."""

from dataclasses import dataclass, replace
from functools import lru_cache

from assessments.bank.steps import Effort
from assessments.bank.types import GateKind
from assessments.scoring.terms import PreparedQuestion, excuses
from assessments.scoring.types import (
    FindOut,
    LeftOut,
    MustFix,
    OpenDuty,
    ScoredAnswer,
    ScoredAnswerKind,
    Todo,
    Trace,
)

TOP = 4
WITHOUT_PROOF = 2

_GATE_ORDER = {kind: place for place, kind in enumerate(GateKind)}
_NO_GATE = len(_GATE_ORDER)
_MUST_FIX = (GateKind.LEGAL_STOP, GateKind.LEGAL, GateKind.HARM)
# 4 / E of rule 17 with E = 1, 2, 4: the order of the to-do list in whole numbers.
_EASE = {Effort.SMALL: 4, Effort.MEDIUM: 2, Effort.LARGE: 1}

_DONT_KNOW = ScoredAnswer(ScoredAnswerKind.UNKNOWN)

Order = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerEvaluation:
    """A trace, and the entry in each list of the result with its sort key there."""

    asked: PreparedQuestion
    trace: Trace
    settled: bool
    closed_if_proven: bool = False
    must_fix: tuple[Order, MustFix] | None = None
    open_duties: tuple[tuple[Order, OpenDuty], ...] = ()
    find_out: tuple[Order, FindOut] | None = None
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
        return AnswerEvaluation(asked, trace, settled=True, left_out=LeftOut(asked.question, answer.reason))
    # "Not applicable" where that is not offered, or without a reason: as if unanswered.
    return replace(_of_unknown(asked, None), trace=_trace(asked, answer, 0, TOP, 0))


def is_closed(asked: PreparedQuestion, value: int | None) -> bool:
    return asked.gate is not None and value is not None and value < asked.gate.min_level


# A question can be answered in a dozen ways, so the outcome of each is kept: it takes most of the time of scoring.
# 1,000 businesses with random facts and answers make 10,000 entries of 0.8 kB.
@lru_cache(maxsize=16_384)
def _of_level(asked: PreparedQuestion, level: int, has_evidence: bool) -> AnswerEvaluation:
    proven = level if has_evidence else min(level, WITHOUT_PROOF)
    trace = _trace(asked, ScoredAnswer(ScoredAnswerKind.LEVEL, level, has_evidence=has_evidence), level, level, proven)
    return AnswerEvaluation(
        asked=asked,
        trace=trace,
        settled=True,
        closed_if_proven=is_closed(asked, proven),
        must_fix=_must_fix(asked, level, trace.closed),
        open_duties=_open_duties(asked, level),
        todo=_todo(asked, level, trace.closed),
    )


@lru_cache(maxsize=4_096)
def _of_unknown(asked: PreparedQuestion, answer: ScoredAnswer | None) -> AnswerEvaluation:
    trace = _trace(asked, answer, 0, TOP, 0)
    settled = answer is not None
    return AnswerEvaluation(asked, trace, settled, trace.closed, find_out=_find_out(asked, settled))


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
    )


def _must_fix(asked: PreparedQuestion, level: int, closed: bool) -> tuple[Order, MustFix] | None:
    """Rule 14: closed gates by kind, then duties met in part behind an open gate, each in bank order."""
    if asked.gate is None or asked.gate.kind not in _MUST_FIX:
        return None
    unmet = [in_force for in_force in asked.duties if level < in_force.duty.level]
    if not closed and not unmet:
        return None
    unsure = asked.gate_provisional or (not closed and all(in_force.provisional for in_force in unmet))
    found = MustFix(
        question=asked.question,
        gate=asked.gate if closed else None,
        duties=tuple(in_force.duty for in_force in unmet),
        level=level,
        in_part=not closed,
        provisional=asked.provisional or unsure,
    )
    return (int(not closed), _GATE_ORDER[asked.gate.kind], asked.position), found


def _open_duties(asked: PreparedQuestion, level: int) -> tuple[tuple[Order, OpenDuty], ...]:
    """By law in the edition's order, then in bank order."""
    return tuple(
        (
            (in_force.place, asked.position),
            OpenDuty(
                law=in_force.law,
                question=asked.question,
                duty=in_force.duty,
                level=level,
                citations=in_force.citations,
                provisional=in_force.provisional,
            ),
        )
        for in_force in asked.duties
        if level < in_force.duty.level
    )


def _find_out(asked: PreparedQuestion, answered: bool) -> tuple[Order, FindOut]:
    """Rule 15: gates first by kind, then by weight, then bank order."""
    rank = _GATE_ORDER[asked.gate.kind] if asked.gate else _NO_GATE
    found = FindOut(asked.question, asked.who_knows, asked.gate, answered)
    return (rank, -asked.question.weight, asked.position), found


def _todo(asked: PreparedQuestion, level: int, closed: bool) -> tuple[Order, Todo] | None:
    """Rule 17: closed gates by kind, then the rest; within each by score, then ease, then bank order."""
    gap = asked.target - level
    if gap <= 0:
        return None
    ease = _EASE[asked.question.effort or Effort.MEDIUM]
    score = gap * asked.question.weight * ease
    gate = asked.gate if closed else None
    rank = _GATE_ORDER[gate.kind] if gate else _NO_GATE
    return (rank, -score, -ease, asked.position), Todo(asked.question, level, asked.target, gate, score)
