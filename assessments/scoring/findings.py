"""The lists that stand beside the figures: what must be fixed, is open, unknown, left out, to do (rules 14 to 17)."""

from collections.abc import Iterable, Iterator

from assessments.bank.types import Edition
from assessments.scoring.terms import MUST_FIX_KINDS, Asked
from assessments.scoring.types import AnswerKind, FindOut, LeftOut, MustFix, OpenDuty, Todo, Trace

Asking = tuple[Asked, Trace]


def must_fix(levels: Iterable[Asking]) -> tuple[MustFix, ...]:
    """Rule 14: closed gates by kind, then duties met in part, each in bank order.

    `levels` are the questions answered with a level, here and below.
    """
    found = sorted(_must_fix(levels), key=lambda pair: pair[0])
    return tuple(item for _, item in found)


def _must_fix(levels: Iterable[Asking]) -> Iterator[tuple[tuple[bool, int], MustFix]]:
    for asked, trace in levels:
        level = trace.low
        if level is None or trace.gate is None or trace.gate.kind not in MUST_FIX_KINDS:
            continue
        if not trace.closed and level >= asked.duty_level:
            continue
        open_here = [in_force for in_force in asked.duties if level < in_force.duty.level]
        provisional = asked.provisional or (
            asked.gate_provisional if trace.closed else all(in_force.provisional for in_force in open_here)
        )
        yield (
            (not trace.closed, asked.gate_rank),
            MustFix(
                question=asked.question,
                gate=trace.gate if trace.closed else None,
                duties=tuple(in_force.duty for in_force in open_here),
                level=level,
                in_part=not trace.closed,
                provisional=provisional,
            ),
        )


def open_duties(edition: Edition, levels: Iterable[Asking]) -> tuple[OpenDuty, ...]:
    """By law in the edition's order, then in bank order."""
    found = [
        OpenDuty(
            law=in_force.law,
            question=asked.question,
            duty=in_force.duty,
            level=trace.low,
            citations=in_force.citations,
            provisional=in_force.provisional,
        )
        for asked, trace in levels
        if trace.low is not None and trace.low < asked.duty_level
        for in_force in asked.duties
        if trace.low < in_force.duty.level
    ]
    order = {law.code: place for place, law in enumerate(edition.laws)}
    return tuple(sorted(found, key=lambda item: order[item.law.code]))


def find_out(unknown: Iterable[Asking]) -> tuple[FindOut, ...]:
    """Rule 15: gates first by kind, then by weight, then bank order."""
    ordered = sorted(unknown, key=lambda pair: (pair[0].gate_rank, -pair[0].weight))
    return tuple(
        FindOut(
            question=asked.question,
            who_knows=asked.who_knows,
            gate=asked.gate,
            answered=trace.answer is not None and trace.answer.kind is AnswerKind.UNKNOWN,
        )
        for asked, trace in ordered
    )


def left_out(excused: Iterable[Asking]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(asked.question, trace.answer.reason) for asked, trace in excused if trace.answer)


def todo(levels: Iterable[Asking]) -> tuple[Todo, ...]:
    """Rule 17: closed gates by kind, then the rest; within each by score, then ease, then bank order."""
    found = []
    for asked, trace in levels:
        if trace.low is None or trace.low >= asked.target:
            continue
        score = (asked.target - trace.low) * asked.weight * asked.ease
        step = Todo(asked.question, trace.low, asked.target, trace.gate if trace.closed else None, score)
        first = asked.gate_rank if trace.closed else len(MUST_FIX_KINDS) + 1
        found.append(((first, -score, -asked.ease, asked.position), step))
    found.sort(key=lambda pair: pair[0])
    return tuple(step for _, step in found)
