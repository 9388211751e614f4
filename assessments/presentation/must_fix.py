"""What needs fixing whatever the figures say."""

from dataclasses import dataclass
from typing import ClassVar

from assessments.bank.types import Edition
from assessments.presentation.named_values import (
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_gate,
    named_level,
    question_ref,
)
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import MustFix, ScoredResult


@dataclass(frozen=True, slots=True)
class MustFixStatement:
    """A closed gate (`gate`), or with `in_part` a duty met in part behind an open one.

    `reasons` say why: the gate's reason, or what the duties ask that are not fully met.
    """

    kind: ClassVar[StatementKind] = StatementKind.MUST_FIX
    question: QuestionRef
    gate: NamedGate | None
    in_part: bool
    reasons: tuple[str, ...]
    level: NamedLevel
    first_step: str
    provisional: bool


def tell_must_fix(edition: Edition, result: ScoredResult) -> tuple[MustFixStatement, ...]:
    return tuple(_must_fix(edition, item) for item in result.must_fix)


def _must_fix(edition: Edition, item: MustFix) -> MustFixStatement:
    duties = tuple(dict.fromkeys(duty.says for duty in item.duties))
    return MustFixStatement(
        question=question_ref(item.question),
        gate=named_gate(edition, item.gate) if item.gate else None,
        in_part=item.in_part,
        reasons=(item.gate.reason,) if item.gate else duties,
        level=named_level(edition, item.level),
        first_step=item.question.first_step,
        provisional=item.provisional,
    )
