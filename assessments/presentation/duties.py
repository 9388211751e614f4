"""What the law still asks, law by law; laws that ask nothing more are included."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.bank.laws import Law, Verification
from assessments.bank.types import Depth, Edition, Question
from assessments.presentation.named_values import NamedLevel, QuestionRef, named_level, question_ref
from assessments.presentation.placeholders import BusinessPlace, authority_of
from assessments.presentation.plan import plan_numbers
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.terms import asks
from assessments.scoring.types import OpenDuty, Run, ScoredResult


@dataclass(frozen=True, slots=True)
class DutyStatement:
    """A duty answered below the level `needed`, at which it counts as met.

    `citations` are labels. `starts` is the day from which the law asks it, None where it always has.
    `in_part`: behind a gate that is open, so part of the duty is met. `unsettled`: what nobody knows for certain yet.
    `plan_step` is the number of the entry of the plan that meets it, None where the plan has none.
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
    unsettled: str
    plan_step: int | None


@dataclass(frozen=True, slots=True)
class NamedAuthority:
    """Whoever watches over a law; `url` is empty where there is no one address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class LawStatement:
    """A law that applies to the business, or may (`to_check`), with its open duties.

    Editions before 2026.2 say nothing of its status, its fines, who watches over it and what is unsettled.
    `verification` says how the fines are known, `looked_up` on which day somebody last looked.
    """

    kind: ClassVar[StatementKind] = StatementKind.LAW
    code: str
    name: str
    says: str
    note: str
    to_check: bool
    status: str
    fines: str
    verification: Verification | None
    looked_up: date | None
    authority: NamedAuthority | None
    unsettled: tuple[str, ...]
    duties: tuple[DutyStatement, ...]


@dataclass(frozen=True, slots=True)
class PartialListStatement:
    """The list of duties is partial: a full run asks `more` questions about duties than this depth."""

    kind: ClassVar[StatementKind] = StatementKind.PARTIAL_LIST
    depth: Depth
    more: int


def tell_laws(edition: Edition, result: ScoredResult, place: BusinessPlace) -> tuple[LawStatement, ...]:
    in_part = {item.question.id for item in result.must_fix if item.in_part}
    return tuple(_law(edition, result, law, place, in_part) for law in edition.laws if law.tag in result.run.tags)


def _law(
    edition: Edition, result: ScoredResult, law: Law, place: BusinessPlace, in_part: Collection[str]
) -> LawStatement:
    authority = authority_of(edition, law, place)
    numbers = plan_numbers(result)
    own = (duty for duty in result.open_duties if duty.law.code == law.code and not duty.provisional)
    return LawStatement(
        code=law.code,
        name=law.name,
        says=law.says,
        note=law.note,
        to_check=law.tag in result.run.provisional,
        status=law.status,
        fines=law.fines,
        verification=law.verification,
        looked_up=law.looked_up,
        authority=NamedAuthority(authority.name, authority.url) if authority else None,
        unsettled=law.unsettled,
        duties=tuple(_duty(edition, duty, in_part, numbers.get(duty.question.id)) for duty in own),
    )


def _duty(edition: Edition, item: OpenDuty, in_part: Collection[str], plan_step: int | None) -> DutyStatement:
    return DutyStatement(
        law=item.law.code,
        asks=item.duty.says,
        question=question_ref(item.question),
        now=named_level(edition, item.level),
        needed=named_level(edition, item.duty.level),
        citations=tuple(citation.label for citation in item.citations),
        starts=item.duty.starts,
        in_part=item.question.id in in_part,
        unsettled=item.duty.unsettled,
        plan_step=plan_step,
    )


def tell_partial_list(edition: Edition, run: Run) -> PartialListStatement | None:
    """None where a full run would ask nothing more about duties."""
    laws = {law.code for law in edition.laws if law.tag in run.tags}
    more = sum(
        _has_duty(question, laws, run.tags)
        for question in edition.questions
        if question.depth.rank > run.depth.rank and asks(question, Depth.FULL, run.tags)
    )
    return PartialListStatement(run.depth, more) if more else None


def _has_duty(question: Question, laws: Collection[str], tags: frozenset[str]) -> bool:
    return any(duty.law in laws and duty.when.holds(tags) for duty in question.duties)
