"""What one run asks, computed once per question and the circumstances it depends on: scoring only looks it up."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assessments.bank.conditions import Condition
from assessments.bank.laws import Citation, Law
from assessments.bank.logic import Truth, truth_of
from assessments.bank.types import Depth, Duty, Edition, Gate, Question
from assessments.scoring.edition_index import RAISED_TARGET, IndexedQuestion, LawDuty, edition_index
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind

RESPONSIBLE_AI = "responsible_ai"


@dataclass(frozen=True, slots=True)
class DutyInForce:
    """A duty that this business has today. `place` is the index of the law in the edition."""

    law: Law
    place: int
    duty: Duty
    citations: tuple[Citation, ...]
    provisional: bool


@dataclass(frozen=True, slots=True, eq=False)
class PreparedQuestion:
    """One question as this run asks it: with the gate, the duties and the target it has for this business.

    `gate_provisional`: once the open scope facts are settled, there may be another gate, none, or one.
    `duty_level` is the highest level that a duty in force asks for, 0 without one.
    """

    question: Question
    position: int
    weight: int
    who_knows: str
    may_be_left_out: bool
    provisional: bool
    gate: Gate | None
    gate_provisional: bool
    duties: tuple[DutyInForce, ...]
    duty_level: int
    target: int
    in_lens: bool


@dataclass(frozen=True, slots=True, eq=False)
class PreparedQuestions:
    """The asked questions of each domain of the edition, in bank order."""

    edition: Edition
    domains: tuple[tuple[str, tuple[PreparedQuestion, ...]], ...]


def excuses(answer: ScoredAnswer, offered: bool) -> bool:
    """Rule 3: "not applicable" counts only where it is offered, and only with a reason."""
    return offered and answer.kind is ScoredAnswerKind.NOT_APPLICABLE and bool(answer.reason.strip())


def settles(answer: ScoredAnswer | None, offered: bool) -> bool:
    """Whether a question is answered; "don't know" is an answer. `offered` as in `excuses`."""
    return answer is not None and (answer.kind is not ScoredAnswerKind.NOT_APPLICABLE or excuses(answer, offered))


def asks(question: Question, depth: Depth, tags: frozenset[str]) -> bool:
    """Rule 2."""
    return question.depth.rank <= depth.rank and question.applies_when.holds(tags)


def prepare_questions(edition: Edition, run: Run, today: date) -> PreparedQuestions:
    index = edition_index(edition)
    on, to_check = index.bits_on(today, run.tags), index.bits_of(run.provisional)
    return PreparedQuestions(
        edition,
        tuple([(domain.code, _asked_of(domain.questions, on, to_check)) for domain in index.domains[run.depth]]),
    )


def _asked_of(questions: tuple[IndexedQuestion, ...], on: int, to_check: int) -> tuple[PreparedQuestion, ...]:
    found = [_asked_if(own, on & own.deciding_bits, to_check & own.deciding_bits) for own in questions]
    return tuple([asked for asked in found if asked])


# 1,000 businesses with random facts make 4,900 entries of 0.35 kB here and 1,500 of 0.5 kB below. With the
# outcomes of their answers that is 11 MB; all that scoring keeps in a process, full to its limits, is 27 MB.
@lru_cache(maxsize=16_384)
def _asked_if(indexed: IndexedQuestion, on: int, to_check: int) -> PreparedQuestion | None:
    """The question as it is asked where these of its circumstances are given; None where it is not asked."""
    given = _Given(indexed.circumstances(on), indexed.circumstances(to_check))
    question = indexed.question
    if not question.applies_when.holds(given.on):
        return None
    gate = question.active_gate(given.on)
    asked_for_sure = given.sure(question.applies_when)
    return _asked(
        indexed,
        provisional=not asked_for_sure,
        may_be_left_out=question.offers_not_applicable(given.on),
        gate=question.gates.index(gate) if gate else None,
        gate_provisional=not given.sure_gate(question, gate),
        duties=tuple(
            (place, not asked_for_sure or not given.sure_duty(own))
            for place, own in enumerate(indexed.duties)
            if given.in_force(own)
        ),
        least_target=_target(gate, RAISED_TARGET in given.on),
    )


# Different circumstances often lead to the same terms. These are then one object, so that the outcome of each answer
# (`evaluate_answer`) is computed once for all of them.
@lru_cache(maxsize=4_096)
def _asked(
    indexed: IndexedQuestion,
    *,
    provisional: bool,
    may_be_left_out: bool,
    gate: int | None,
    gate_provisional: bool,
    duties: tuple[tuple[int, bool], ...],
    least_target: int,
) -> PreparedQuestion:
    """`gate` and `duties` are indexes into the lists of the question, a duty with whether it is provisional."""
    question = indexed.question
    domain = indexed.edition.domain[question.domain]
    active = question.gates[gate] if gate is not None else None
    in_force = tuple(_in_force(indexed, place, unsure) for place, unsure in duties)
    duty_level = max((own.duty.level for own in in_force), default=0)
    return PreparedQuestion(
        question=question,
        position=indexed.position,
        weight=question.weight,
        who_knows=domain.who_knows,
        may_be_left_out=may_be_left_out,
        provisional=provisional,
        gate=active,
        gate_provisional=gate_provisional,
        duties=in_force,
        duty_level=duty_level,
        target=max(least_target, duty_level),
        in_lens=question.ai_lens or domain.pillar == RESPONSIBLE_AI,
    )


def _target(gate: Gate | None, raised: bool) -> int:
    """Rule 16, but never below the level that opens the gate."""
    if gate:
        return max(3, gate.min_level)
    return 3 if raised else 2


def _in_force(indexed: IndexedQuestion, place: int, provisional: bool) -> DutyInForce:
    own = indexed.duties[place]
    citations = tuple(indexed.edition.citations[label] for label in own.duty.citations)
    return DutyInForce(own.law, own.place, own.duty, citations, provisional)


@dataclass(frozen=True, slots=True)
class _Given:
    """The circumstances that hold, and the tags among them that are on only while a fact is unknown."""

    on: frozenset[str]
    to_check: frozenset[str]

    def in_force(self, own: LawDuty) -> bool:
        started = own.duty.starts is None or own.duty.starts.isoformat() in self.on
        return started and own.law.tag in self.on and own.duty.when.holds(self.on)

    def sure(self, condition: Condition) -> bool:
        """Whether a condition that holds would still hold however the tags to check turn out."""
        return not self.to_check or truth_of(condition, self._truth_of_tag) is Truth.YES

    def sure_duty(self, own: LawDuty) -> bool:
        return own.law.tag not in self.to_check and self.sure(own.duty.when)

    def sure_gate(self, question: Question, gate: Gate | None) -> bool:
        """Whether it is this gate and none before it, or no gate, however the tags to check turn out."""
        before = question.gates[: question.gates.index(gate)] if gate else question.gates
        none_before = not any(truth_of(other.when, self._truth_of_tag) for other in before)
        return none_before and (gate is None or self.sure(gate.when))

    def _truth_of_tag(self, tag: str) -> Truth:
        if tag in self.to_check:
            return Truth.MAYBE
        return Truth.YES if tag in self.on else Truth.NO
