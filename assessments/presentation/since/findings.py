"""Urgent gaps and duties that are open in one result and not in the other, and why."""

from assessments.bank.types import Edition
from assessments.presentation.named_values import named_gate, question_ref
from assessments.presentation.since.statements import Cause, DutySince, GapSince
from assessments.scoring.compare import traces_of
from assessments.scoring.types import MustFix, OpenDuty, ScoredResult, Trace


def tell_gaps(edition: Edition, here: ScoredResult, there: ScoredResult) -> tuple[GapSince, ...]:
    """The urgent gaps of `here` that `there` has not, in bank order."""
    own, others, traces = urgent_gaps(here), urgent_gaps(there), traces_of(there)
    return tuple(
        GapSince(
            question_ref(own[name].question),
            named_gate(edition, gate),
            _cause(traces[name], own[name].level),
        )
        for name in traces_of(here)
        if name in own and name not in others and (gate := own[name].gate)
    )


def urgent_gaps(result: ScoredResult) -> dict[str, MustFix]:
    """By question: closed gates about law and about harm, answered and certain (rule 20)."""
    return {item.question.id: item for item in (*result.must_fix, *result.on_the_day) if item.gate}


def tell_duties(here: ScoredResult, there: ScoredResult) -> tuple[DutySince, ...]:
    """The open duties of `here` that `there` has not, law by law as in the result."""
    others, traces = {_key(item) for item in there.open_duties}, traces_of(there)
    return tuple(
        DutySince(
            question=question_ref(item.question),
            law=item.law.name,
            asks=item.duty.says,
            starts=item.duty.starts,
            cause=_cause(traces[item.question.id], item.level),
        )
        for item in here.open_duties
        if _key(item) not in others
    )


def _key(item: OpenDuty) -> tuple[str, str, object]:
    return item.law.code, item.question.id, item.duty


def _cause(there: Trace, level: int) -> Cause:
    """`level` is that of the result in which it is open: if the other has a lower one, its circumstances are others."""
    if there.low != there.high:
        return Cause.NOT_KNOWN
    return Cause.ANSWER if (there.low or 0) > level else Cause.CIRCUMSTANCES
