"""What one run asks, worked out once per edition, run and day: scoring only looks it up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assessments.bank.logic import Truth, truth_of
from assessments.bank.types import Citation, Condition, Depth, Duty, Edition, Gate, Law, Question
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind

RESPONSIBLE_AI = "responsible_ai"

_Sure = Callable[[Condition], bool]


@dataclass(frozen=True, slots=True)
class DutyInForce:
    """A duty that this business has today. `place` is that of the law in the edition."""

    law: Law
    place: int
    duty: Duty
    citations: tuple[Citation, ...]
    provisional: bool


@dataclass(frozen=True, slots=True, eq=False)
class PreparedQuestion:
    """One question as this run asks it: with the gate, the duties and the target it has for this business.

    `gate_provisional`: with the open scope facts settled it may be another gate, or none, or there may be one.
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


@lru_cache(maxsize=128)
def prepare_questions(edition: Edition, run: Run, today: date) -> PreparedQuestions:
    preparing = _Preparing(edition, run, today)
    return PreparedQuestions(
        edition,
        tuple(
            (code, tuple(preparing.asked(q) for q in questions if asks(q, run.depth, run.tags)))
            for code, questions in edition.by_domain.items()
        ),
    )


class _Preparing:
    def __init__(self, edition: Edition, run: Run, today: date) -> None:
        self.edition = edition
        self.run = run
        self.today = today
        self.positions = {question.id: place for place, question in enumerate(edition.questions)}
        self.laws = [(place, law) for place, law in enumerate(edition.laws) if law.tag in run.tags]
        self.raised = not edition.raised_target_tags.isdisjoint(run.tags)

    def asked(self, question: Question) -> PreparedQuestion:
        gate = question.active_gate(self.run.tags)
        duties = self._duties(question)
        duty_level = max((in_force.duty.level for in_force in duties), default=0)
        domain = self.edition.domain[question.domain]
        return PreparedQuestion(
            question=question,
            position=self.positions[question.id],
            weight=question.weight,
            who_knows=domain.who_knows,
            may_be_left_out=question.offers_not_applicable(self.run.tags),
            provisional=not self._sure(question.applies_when),
            gate=gate,
            gate_provisional=not self._sure_gate(question, gate),
            duties=duties,
            duty_level=duty_level,
            target=max(self._target(question, gate), duty_level),
            in_lens=question.ai_lens or domain.pillar == RESPONSIBLE_AI,
        )

    def _target(self, question: Question, gate: Gate | None) -> int:
        """Rule 16, but never below the level that opens the gate."""
        if gate:
            return max(3, gate.min_level)
        return 3 if self.raised and question.weight > 1 else 2

    def _duties(self, question: Question) -> tuple[DutyInForce, ...]:
        """By law in the edition's order, then as written."""
        if not question.duties:
            return ()
        asked_for_sure = self._sure(question.applies_when)
        return tuple(
            DutyInForce(
                law=law,
                place=place,
                duty=duty,
                citations=tuple(self.edition.citations[label] for label in duty.citations),
                provisional=not asked_for_sure or not self._sure(duty.when) or law.tag in self.run.provisional,
            )
            for place, law in self.laws
            for duty in question.duties
            if duty.law == law.code and duty.when.holds(self.run.tags) and self._started(duty)
        )

    def _started(self, duty: Duty) -> bool:
        return duty.starts is None or duty.starts <= self.today

    def _sure(self, condition: Condition) -> bool:
        """Whether a condition that holds would hold whatever the provisional tags turn out to be."""
        return not self.run.provisional or truth_of(condition, self._truth_of_tag) is Truth.YES

    def _sure_gate(self, question: Question, gate: Gate | None) -> bool:
        """Whether it is this gate and none before it, or no gate, whatever the provisional tags turn out to be."""
        before = question.gates[: question.gates.index(gate)] if gate else question.gates
        none_before = not any(truth_of(other.when, self._truth_of_tag) for other in before)
        return none_before and (gate is None or self._sure(gate.when))

    def _truth_of_tag(self, tag: str) -> Truth:
        if tag in self.run.provisional:
            return Truth.MAYBE
        return Truth.YES if tag in self.run.tags else Truth.NO
