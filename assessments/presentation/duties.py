"""What the law still asks, law by law; laws that ask nothing more are included."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.bank.types import Edition
from assessments.presentation.named_values import NamedLevel, QuestionRef, named_level, question_ref
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import OpenDuty, ScoredResult


@dataclass(frozen=True, slots=True)
class DutyStatement:
    """A duty answered below the level `needed`, at which it counts as met.

    `citations` are labels. `starts` is the day from which the law asks it, None where it always has.
    `in_part`: behind a gate that is open, so part of the duty is met.
    """

    kind: ClassVar[StatementKind] = StatementKind.DUTY
    law: str
    asks: str
    question: QuestionRef
    now: NamedLevel
    needed: NamedLevel
    citations: tuple[str, ...]
    starts: date | None
    in_part: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class LawStatement:
    """A law that applies to the business, with its open duties."""

    kind: ClassVar[StatementKind] = StatementKind.LAW
    code: str
    name: str
    says: str
    note: str
    duties: tuple[DutyStatement, ...]


def tell_laws(edition: Edition, result: ScoredResult) -> tuple[LawStatement, ...]:
    in_part = {item.question.id for item in result.must_fix if item.in_part}
    return tuple(
        LawStatement(
            code=law.code,
            name=law.name,
            says=law.says,
            note=law.note,
            duties=tuple(_duty(edition, duty, in_part) for duty in result.open_duties if duty.law.code == law.code),
        )
        for law in edition.laws
        if law.tag in result.run.tags
    )


def _duty(edition: Edition, item: OpenDuty, in_part: Collection[str]) -> DutyStatement:
    return DutyStatement(
        law=item.law.code,
        asks=item.duty.says,
        question=question_ref(item.question),
        now=named_level(edition, item.level),
        needed=named_level(edition, item.duty.level),
        citations=tuple(citation.label for citation in item.citations),
        starts=item.duty.starts,
        in_part=item.question.id in in_part,
        provisional=item.provisional,
    )
