"""Where nobody has looked yet, and what was left out as not applicable. None of it is a finding."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition, Question
from assessments.presentation.named_values import (
    NamedGate,
    NamedLevel,
    QuestionRef,
    named_gate,
    named_level,
    question_ref,
)
from assessments.presentation.placeholders import BusinessPlace, fill_placeholders, question_values
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.scope import ScopeFacts, find_tags
from assessments.scoring.types import FindOut, NotLookedAt, OpenFact, ScoredResult, ToCheck


@dataclass(frozen=True, slots=True)
class Hint:
    """How to find out, and in about how many minutes."""

    text: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FindOutStatement:
    """`answered` is true for "don't know", false if nothing was chosen. `weight` is that of the question, 1 to 3.

    `settled_by` are the scope questions that decide whether it concerns this business at all.
    """

    kind: ClassVar[StatementKind] = StatementKind.FIND_OUT
    question: QuestionRef
    who_knows: str
    hint: Hint | None
    gate: NamedGate | None
    weight: int
    answered: bool
    settled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotLookedAtStatement:
    """The answer says that nobody has looked, and other answers rest on this one."""

    kind: ClassVar[StatementKind] = StatementKind.NOT_LOOKED_AT
    question: QuestionRef
    who_knows: str
    hint: Hint | None
    gate: NamedGate
    level: NamedLevel


@dataclass(frozen=True, slots=True)
class ToCheckStatement:
    """Would matter if a fact about the business turns out so: the closed gate, and what duties ask.

    `settled_by` are the scope questions that settle it; none where the edition does not name them.
    """

    kind: ClassVar[StatementKind] = StatementKind.TO_CHECK
    question: QuestionRef
    level: NamedLevel
    gate: NamedGate | None
    asks: tuple[str, ...]
    settled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutStatement:
    """`reason` is what a person typed."""

    kind: ClassVar[StatementKind] = StatementKind.LEFT_OUT
    question: QuestionRef
    reason: str


OpenQuestions = Mapping[str, ScopeQuestion]
"""By tag that is to be checked, the question about the business that settles it."""


def open_questions(edition: Edition, result: ScoredResult, facts: ScopeFacts) -> OpenQuestions:
    """Those whose answers are really missing; without facts, those that the edition names."""
    if not result.run.provisional:
        return {}
    named = {question.id: question for screen in edition.scope.screens for question in screen.questions}
    found = {tag.id: named[tag.settled_by] for tag in edition.scope.tags if tag.settled_by in named}
    if facts:
        found |= {own.tag.id: own.settled_by for own in find_tags(edition.scope, facts).tags if own.settled_by}
    return found


def tell_find_out(
    edition: Edition, result: ScoredResult, place: BusinessPlace, asked: OpenQuestions
) -> tuple[FindOutStatement, ...]:
    """What nobody could answer yet, in the order of scoring."""
    return tuple(_find_out(edition, item, place, asked) for item in result.find_out)


def _find_out(edition: Edition, item: FindOut, place: BusinessPlace, asked: OpenQuestions) -> FindOutStatement:
    return FindOutStatement(
        question=question_ref(item.question),
        who_knows=item.who_knows,
        hint=_hint(edition, item.question, place),
        gate=named_gate(edition, item.gate) if item.gate else None,
        weight=item.question.weight,
        answered=item.answered,
        settled_by=_settled_by(item.open_facts, asked),
    )


def tell_not_looked_at(
    edition: Edition, result: ScoredResult, place: BusinessPlace
) -> tuple[NotLookedAtStatement, ...]:
    return tuple(_not_looked_at(edition, item, place) for item in result.not_looked_at)


def _not_looked_at(edition: Edition, item: NotLookedAt, place: BusinessPlace) -> NotLookedAtStatement:
    return NotLookedAtStatement(
        question=question_ref(item.question),
        who_knows=item.who_knows,
        hint=_hint(edition, item.question, place),
        gate=named_gate(edition, item.gate),
        level=named_level(edition, item.level),
    )


def tell_to_check(edition: Edition, result: ScoredResult, asked: OpenQuestions) -> tuple[ToCheckStatement, ...]:
    """Also from results stored when what is to be checked was listed among the findings."""
    return tuple(_to_check(edition, item, asked) for item in (*result.to_check, *_once_among_findings(result)))


def _once_among_findings(result: ScoredResult) -> Iterator[ToCheck]:
    """These did not say on which facts they rest."""
    fixes = {item.question.id: item for item in result.must_fix if item.provisional}
    duties = [item for item in result.open_duties if item.provisional]
    asked = {item.question.id: (item.question, item.level) for item in duties}
    asked |= {name: (item.question, item.level) for name, item in fixes.items()}
    for name, (question, level) in asked.items():
        own = dict.fromkeys(item.duty for item in duties if item.question.id == name)
        yield ToCheck(question, level, fixes[name].gate if name in fixes else None, tuple(own), ())


def _to_check(edition: Edition, item: ToCheck, asked: OpenQuestions) -> ToCheckStatement:
    return ToCheckStatement(
        question=question_ref(item.question),
        level=named_level(edition, item.level),
        gate=named_gate(edition, item.gate) if item.gate else None,
        asks=tuple(dict.fromkeys(duty.says for duty in item.duties)),
        settled_by=_settled_by(item.open_facts, asked),
    )


def _settled_by(facts: Iterable[OpenFact], asked: OpenQuestions) -> tuple[str, ...]:
    return tuple(dict.fromkeys(asked[fact.tag].text for fact in facts if fact.tag in asked))


def _hint(edition: Edition, question: Question, place: BusinessPlace) -> Hint | None:
    if question.find_out is None:
        return None
    text = fill_placeholders(question.find_out.text, question_values(edition, place, question))
    return Hint(text, question.find_out.minutes)


def tell_left_out(result: ScoredResult) -> tuple[LeftOutStatement, ...]:
    return tuple(LeftOutStatement(question_ref(item.question), item.reason) for item in result.left_out)
