"""What is in place, how much that is, and how much was answered: counts that change with every improvement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from assessments.bank.types import Edition
from assessments.bank.whole_levels import whole_level
from assessments.presentation.named_values import NamedLevel, QuestionRef, named_level, question_ref
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import Counts, ScoredResult, Trace

MOST_STRENGTHS = 3


@dataclass(frozen=True, slots=True)
class CountsStatement:
    """`unknown` is answered "don't know" or not at all; `untouched` only the latter.

    `reached` are the counts of scoring, None in results stored before there were any.
    """

    kind: ClassVar[StatementKind] = StatementKind.COUNTS
    asked: int
    answered: int
    unknown: int
    untouched: int
    open_duties: int
    reached: Counts | None


@dataclass(frozen=True, slots=True)
class StrengthStatement:
    """Something that is in place, in the words of the answer, read whole."""

    kind: ClassVar[StatementKind] = StatementKind.STRENGTH
    domain: str
    question: QuestionRef
    level: NamedLevel
    answer: str


def tell_counts(result: ScoredResult) -> CountsStatement:
    return CountsStatement(
        asked=result.asked,
        answered=result.answered,
        unknown=len(result.find_out),
        untouched=result.asked - result.answered,
        open_duties=sum(not duty.provisional for duty in result.open_duties),
        reached=result.counts,
    )


def tell_strengths(edition: Edition, result: ScoredResult) -> tuple[StrengthStatement, ...]:
    """Of each domain the weightiest question that is in place, the weightiest of these; fewer where less is."""
    best = sorted(_best_of_domains(result), key=_place)
    return tuple(_strength(edition, trace) for trace in best[:MOST_STRENGTHS])


def _best_of_domains(result: ScoredResult) -> Iterator[Trace]:
    for domain in result.domains:
        in_place = [trace for trace in domain.traces if trace.in_place and not trace.provisional]
        if in_place:
            yield min(in_place, key=_place)


def _place(trace: Trace) -> tuple[int, int, int]:
    """Questions with a gate first: what would do most damage. `min` and `sorted` keep bank order among equals."""
    return int(trace.gate is None), -trace.question.weight, -(trace.low or 0)


def _strength(edition: Edition, trace: Trace) -> StrengthStatement:
    level = trace.low or 0
    return StrengthStatement(
        domain=edition.domain[trace.question.domain].title,
        question=question_ref(trace.question),
        level=named_level(edition, level),
        answer=whole_level(trace.question, level),
    )
