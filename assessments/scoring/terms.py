"""What one run asks, worked out once per edition, run and day: scoring only looks it up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assessments.bank.logic import Truth, truth_of
from assessments.bank.types import Citation, Condition, Depth, Duty, Edition, Effort, Gate, GateKind, Law, Question
from assessments.scoring.types import Answer, AnswerKind, Run

MUST_FIX_KINDS = (GateKind.LEGAL_STOP, GateKind.LEGAL, GateKind.HARM)
GATE_ORDER = tuple(GateKind)
RESPONSIBLE_AI = "responsible_ai"
# 4 / E of rule 17 with E = 1, 2, 4: keeps the order of the to-do list in whole numbers.
EASE = {Effort.SMALL: 4, Effort.MEDIUM: 2, Effort.LARGE: 1}

_Sure = Callable[[Condition], bool]


@dataclass(frozen=True, slots=True)
class DutyInForce:
    law: Law
    duty: Duty
    citations: tuple[Citation, ...]
    provisional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One question as this run asks it: with the gate, the duties and the target it has for this business."""

    question: Question
    id: str
    position: int
    weight: int
    who_knows: str
    may_be_left_out: bool
    provisional: bool
    gate: Gate | None
    gate_rank: int
    gate_provisional: bool
    min_level: int
    duties: tuple[DutyInForce, ...]
    duty_level: int
    target: int
    ease: int
    in_lens: bool

    def excused_by(self, answer: Answer | None) -> bool:
        """Rule 3: "not applicable" counts only where it is offered, and only with a reason."""
        return (
            answer is not None
            and answer.kind is AnswerKind.NOT_APPLICABLE
            and self.may_be_left_out
            and bool(answer.reason.strip())
        )

    def settled_by(self, answer: Answer | None) -> bool:
        """Whether this is an answer at all; "don't know" is one."""
        if answer is None:
            return False
        return answer.kind is not AnswerKind.NOT_APPLICABLE or self.excused_by(answer)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The asked questions of each domain, all domains and questions in bank order."""

    edition: Edition
    domains: tuple[tuple[str, tuple[Asked, ...]], ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(asked for _, questions in self.domains for asked in questions)


def asks(question: Question, depth: Depth, tags: frozenset[str]) -> bool:
    """Rule 2."""
    return question.depth.rank <= depth.rank and question.applies_when.holds(tags)


@lru_cache(maxsize=512)
def prepare(edition: Edition, run: Run, today: date) -> Terms:
    sure = _sure_of(run)
    laws = [law for law in edition.laws if law.tag in run.tags]
    raised = not edition.raised_target_tags.isdisjoint(run.tags)
    ai_domains = {domain.code for domain in edition.domains if domain.pillar == RESPONSIBLE_AI}
    positions = {question.id: number for number, question in enumerate(edition.questions)}

    def asked(question: Question) -> Asked:
        gate = question.active_gate(run.tags)
        duties = _duties_in_force(edition, question, laws, run, today)
        duty_level = max((in_force.duty.level for in_force in duties), default=0)
        return Asked(
            question=question,
            id=question.id,
            position=positions[question.id],
            weight=question.weight,
            who_knows=edition.domain[question.domain].who_knows,
            may_be_left_out=question.offers_not_applicable(run.tags),
            provisional=not sure(question.applies_when),
            gate=gate,
            gate_rank=GATE_ORDER.index(gate.kind) if gate else len(GATE_ORDER),
            gate_provisional=gate is not None and not sure(gate.when),
            min_level=gate.min_level if gate else 0,
            duties=duties,
            duty_level=duty_level,
            target=max(_target(question, gate, raised), duty_level),
            ease=EASE[question.effort],
            in_lens=question.ai_lens or question.domain in ai_domains,
        )

    return Terms(
        edition,
        tuple(
            (code, tuple(asked(question) for question in questions if asks(question, run.depth, run.tags)))
            for code, questions in edition.by_domain.items()
        ),
    )


def _sure_of(run: Run) -> _Sure:
    """A condition is sure when it holds whatever the provisional tags turn out to be."""

    def look(tag: str) -> Truth:
        if tag in run.provisional:
            return Truth.MAYBE
        return Truth.YES if tag in run.tags else Truth.NO

    return lambda condition: truth_of(condition, look) is Truth.YES


def _target(question: Question, gate: Gate | None, raised: bool) -> int:
    """Rule 16, but never below the level that opens the gate."""
    if gate:
        return max(3, gate.min_level)
    return 3 if raised and question.weight > 1 else 2


def _duties_in_force(
    edition: Edition, question: Question, laws: list[Law], run: Run, today: date
) -> tuple[DutyInForce, ...]:
    sure = _sure_of(run)
    return tuple(
        DutyInForce(
            law=law,
            duty=duty,
            citations=tuple(edition.citations[label] for label in duty.citations),
            provisional=not sure(question.applies_when) or not sure(duty.when) or law.tag in run.provisional,
        )
        for law in laws
        for duty in question.duties
        if duty.law == law.code and duty.when.holds(run.tags) and (duty.starts is None or duty.starts <= today)
    )
