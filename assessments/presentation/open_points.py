"""What nobody knows yet, and what was left out as not applicable."""

from dataclasses import dataclass
from typing import ClassVar

from assessments.bank.types import Edition
from assessments.presentation.named_values import NamedGate, QuestionRef, named_gate, question_ref
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import ScoredResult


@dataclass(frozen=True, slots=True)
class FindOutStatement:
    """`answered` is true for "don't know", false if nothing was chosen. `weight` is that of the question, 1 to 3."""

    kind: ClassVar[StatementKind] = StatementKind.FIND_OUT
    question: QuestionRef
    who_knows: str
    gate: NamedGate | None
    weight: int
    answered: bool


@dataclass(frozen=True, slots=True)
class LeftOutStatement:
    """`reason` is what a person typed."""

    kind: ClassVar[StatementKind] = StatementKind.LEFT_OUT
    question: QuestionRef
    reason: str


def tell_find_out(edition: Edition, result: ScoredResult) -> tuple[FindOutStatement, ...]:
    return tuple(
        FindOutStatement(
            question=question_ref(item.question),
            who_knows=item.who_knows,
            gate=named_gate(edition, item.gate) if item.gate else None,
            weight=item.question.weight,
            answered=item.answered,
        )
        for item in result.find_out
    )


def tell_left_out(result: ScoredResult) -> tuple[LeftOutStatement, ...]:
    return tuple(LeftOutStatement(question_ref(item.question), item.reason) for item in result.left_out)
