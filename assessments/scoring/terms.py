"""What one run asks, computed once per question and the circumstances it depends on: scoring only looks it up."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from assessments.bank.conditions import Condition
from assessments.bank.laws import Citation, Law
from assessments.bank.logic import Truth, truth_of, truth_of_clause
from assessments.bank.types import Depth, Duty, Edition, Gate, Question
from assessments.scoring.edition_index import RAISED_TARGET, IndexedQuestion, LawDuty, edition_index, soon
from assessments.scoring.steps import HAS_STAFF, choose_steps
from assessments.scoring.types import OpenFact, Run, ScoredAnswer, ScoredAnswerKind, StepChoice

RESPONSIBLE_AI = "responsible_ai"

Item = TypeVar("Item")
OpenFacts = tuple[OpenFact, ...]


@dataclass(frozen=True, slots=True)
class DutyInForce:
    """A duty that this business has today. `place` is the index of the law in the edition.

    `open_facts`: what has to be settled before it is certain.
    """

    law: Law
    place: int
    duty: Duty
    citations: tuple[Citation, ...]
    open_facts: OpenFacts


@dataclass(frozen=True, slots=True, eq=False)
class PreparedQuestion:
    """One question as this run asks it: with the gate, the duties, the target and the steps it has for this business.

    `asked_facts` and `gate_facts` are the open facts on which it rests that the question is asked, and that it has
    this gate rather than another or none. The target rests on what is certain, and `coming_gates` and
    `coming_duties` (which start soon) are certain. `pillar` is that of its domain.
    """

    question: Question
    position: int
    weight: int
    pillar: str
    who_knows: str
    may_be_left_out: bool
    asked_facts: OpenFacts
    gate: Gate | None
    gate_facts: OpenFacts
    duties: tuple[DutyInForce, ...]
    coming_gates: tuple[Gate, ...]
    coming_duties: tuple[DutyInForce, ...]
    target: int
    steps: tuple[StepChoice, ...]
    damage_place: int
    is_damage_first: bool
    in_lens: bool

    @property
    def provisional(self) -> bool:
        return bool(self.asked_facts)

    @property
    def gate_provisional(self) -> bool:
        return bool(self.gate_facts)

    @property
    def sure_gate(self) -> Gate | None:
        """The gate, if it is certain that the business has it."""
        return None if self.asked_facts or self.gate_facts else self.gate


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
    """What the run asks on this day; each question is the same object for all businesses for which its terms agree."""
    index = edition_index(edition)
    on, to_check = index.bits_on(today, run), index.bits_of(run.provisional)
    return PreparedQuestions(
        edition,
        tuple([(domain.code, _asked_of(domain.questions, on, to_check)) for domain in index.domains[run.depth]]),
    )


def _asked_of(questions: tuple[IndexedQuestion, ...], on: int, to_check: int) -> tuple[PreparedQuestion, ...]:
    found = [_asked_if(own, on & own.deciding_bits, to_check & own.checking_bits) for own in questions]
    return tuple([asked for asked in found if asked])


# 1,000 businesses with random facts make 8,600 entries here and 2,500 below, 5.5 MB together. With the outcomes of
# their answers that is 17 MB; all that scoring keeps in a process, full to its limits, is 28 MB.
@lru_cache(maxsize=16_384)
def _asked_if(indexed: IndexedQuestion, on: int, to_check: int) -> PreparedQuestion | None:
    """The question as it is asked where these of its circumstances are given; None where it is not asked."""
    question = indexed.question
    given = _Given(indexed.circumstances(on), indexed.circumstances(to_check), indexed)
    if not question.applies_when.holds(given.on):
        return None
    asked_facts = given.open_facts([question.applies_when])
    gate = given.active_gate()
    return _asked(
        indexed,
        may_be_left_out=question.offers_not_applicable(given.on),
        asked_facts=asked_facts,
        gate=gate,
        gate_facts=given.gate_facts(gate),
        duties=tuple([(place, given.duty_facts(own)) for place, own in _those(indexed.duties, given.in_force)]),
        coming_gates=() if asked_facts else given.coming_gates(),
        coming_duties=() if asked_facts else tuple([p for p, _ in _those(indexed.duties, given.comes_for_sure)]),
        steps=choose_steps(question, given.sure, alone=indexed.knows_staff and HAS_STAFF not in given.on),
        raised=RAISED_TARGET in given.on,
    )


# Different circumstances often lead to the same terms. These are then one object, so that the outcome of each answer
# (`evaluate_answer`) is computed once for all of them.
@lru_cache(maxsize=4_096)
def _asked(
    indexed: IndexedQuestion,
    *,
    may_be_left_out: bool,
    asked_facts: OpenFacts,
    gate: int | None,
    gate_facts: OpenFacts,
    duties: tuple[tuple[int, OpenFacts], ...],
    coming_gates: tuple[int, ...],
    coming_duties: tuple[int, ...],
    steps: tuple[StepChoice, ...],
    raised: bool,
) -> PreparedQuestion:
    """Gates and duties are indexes into the lists of the question, duties with the facts they rest on."""
    question = indexed.question
    domain = indexed.edition.domain[question.domain]
    active = question.gates[gate] if gate is not None else None
    in_force = tuple([_in_force(indexed, place, asked_facts, facts) for place, facts in duties])
    sure_gate = None if asked_facts or gate_facts else active
    return PreparedQuestion(
        question=question,
        position=indexed.position,
        weight=question.weight,
        pillar=domain.pillar,
        who_knows=domain.who_knows,
        may_be_left_out=may_be_left_out,
        asked_facts=asked_facts,
        gate=active,
        gate_facts=gate_facts,
        duties=in_force,
        coming_gates=tuple([question.gates[place] for place in coming_gates]),
        coming_duties=tuple([_in_force(indexed, place, (), ()) for place in coming_duties]),
        target=_target(sure_gate, raised, [own.duty.level for own in in_force if not own.open_facts]),
        steps=steps,
        damage_place=indexed.damage_place,
        is_damage_first=indexed.is_damage_first,
        in_lens=question.ai_lens or domain.pillar == RESPONSIBLE_AI,
    )


def _target(gate: Gate | None, raised: bool, duty_levels: Iterable[int]) -> int:
    """Rule 16: never below the level that opens the gate, nor below that of a duty."""
    least = max(3, gate.min_level) if gate else 3 if raised else 2
    return max([least, *duty_levels])


def _in_force(indexed: IndexedQuestion, place: int, asked_facts: OpenFacts, facts: OpenFacts) -> DutyInForce:
    own = indexed.duties[place]
    citations = tuple([indexed.edition.citations[label] for label in own.duty.citations])
    return DutyInForce(own.law, own.place, own.duty, citations, merged_facts(asked_facts, facts))


def merged_facts(*facts: OpenFacts) -> OpenFacts:
    """Each of them once, in the order given."""
    return tuple(dict.fromkeys(fact for own in facts for fact in own))


def _those(items: Sequence[Item], meant: Callable[[Item], bool]) -> list[tuple[int, Item]]:
    """With the place of each."""
    return [(place, item) for place, item in enumerate(items) if meant(item)]


@dataclass(frozen=True, slots=True)
class _Given:
    """The circumstances that hold, and the tags among them that are on only while a fact is unknown."""

    on: frozenset[str]
    to_check: frozenset[str]
    indexed: IndexedQuestion

    def has_started(self, item: Gate | Duty) -> bool:
        return item.starts is None or item.starts.isoformat() in self.on

    def is_near(self, item: Gate | Duty) -> bool:
        return item.starts is not None and soon(item.starts) in self.on

    def in_force(self, own: LawDuty) -> bool:
        return self.has_started(own.duty) and own.law.tag in self.on and own.duty.when.holds(self.on)

    def comes_for_sure(self, own: LawDuty) -> bool:
        return self.is_near(own.duty) and self.sure_tag(own.law.tag) and self.sure(own.duty.when)

    def active_gate(self) -> int | None:
        """The place of the first gate that has started and whose condition holds."""
        gates = enumerate(self.indexed.question.gates)
        return next((at for at, gate in gates if self.has_started(gate) and gate.when.holds(self.on)), None)

    def coming_gates(self) -> tuple[int, ...]:
        """Those that will certainly be active on the near day on which they start."""
        found = []
        for place, gate in enumerate(self.indexed.question.gates):
            if not (self.has_started(gate) or self.is_near(gate)):
                continue
            if self.is_near(gate) and self.sure(gate.when):
                found.append(place)
            if truth_of(gate.when, self._truth_of_tag) is not Truth.NO:
                break
        return tuple(found)

    def sure(self, condition: Condition) -> bool:
        """Whether a condition holds however the tags to check turn out."""
        return truth_of(condition, self._truth_of_tag) is Truth.YES

    def sure_tag(self, tag: str) -> bool:
        return self._truth_of_tag(tag) is Truth.YES

    def duty_facts(self, own: LawDuty) -> OpenFacts:
        law = {own.law.tag} & self.to_check
        return self._named(law | self._open_names([own.duty.when]))

    def gate_facts(self, active: int | None) -> OpenFacts:
        """What decides whether it is this gate and none before it, or no gate at all."""
        gates = self.indexed.question.gates[: None if active is None else active + 1]
        return self.open_facts([gate.when for gate in gates if self.has_started(gate)])

    def open_facts(self, conditions: Iterable[Condition]) -> OpenFacts:
        """The tags to check that still decide one of these conditions."""
        return self._named(self._open_names(conditions))

    def _open_names(self, conditions: Iterable[Condition]) -> frozenset[str]:
        if not self.to_check:
            return frozenset()
        open_clauses = [
            clause
            for condition in conditions
            if truth_of(condition, self._truth_of_tag) is Truth.MAYBE
            for clause in condition.clauses
            if truth_of_clause(clause, self._truth_of_tag) is Truth.MAYBE
        ]
        names = frozenset(name for clause in open_clauses for name in (*clause.all, *clause.any, *clause.none))
        return names & self.to_check

    def _named(self, tags: frozenset[str] | set[str]) -> OpenFacts:
        return self.indexed.facts.settling(tags, self.to_check)

    def _truth_of_tag(self, tag: str) -> Truth:
        if tag in self.to_check:
            return Truth.MAYBE
        return Truth.YES if tag in self.on else Truth.NO
