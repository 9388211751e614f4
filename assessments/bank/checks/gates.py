"""Rules for the gates and duties of a question."""

from collections.abc import Iterator
from datetime import date

from assessments.bank.checks.known import KnownNames
from assessments.bank.checks.scope import warning
from assessments.bank.document.question_entry import TOP_LEVEL, caps_of
from assessments.bank.errors import Problem
from assessments.bank.types import Depth, Duty, FindingKind, Gate, GateKind, Question

_LEGAL = (GateKind.LEGAL_STOP, GateKind.LEGAL)


def check_gates_and_duties(question: Question, known: KnownNames) -> Iterator[Problem]:
    place = f"questions {question.id}"
    for number, gate in enumerate(question.gates, 1):
        where = f"{place}, gates, entry {number}"
        yield from _gate(question, gate, where, known)
        if gate.kind in _LEGAL:
            yield from _legal_gate(question, gate, where, known)
        elif gate.severity is not None:
            yield warning(f"{where}, severity", "only gates about law have one")
    for number, duty in enumerate(question.duties, 1):
        yield from _duty(question, duty, f"{place}, duties, entry {number}", known)
    if (question.gates or question.duties) and question.steps and question.find_out is None:
        yield warning(f"{place}, find_out", "say how somebody finds out: a gate or a duty rests on the answer")


def _gate(question: Question, gate: Gate, place: str, known: KnownNames) -> Iterator[Problem]:
    if question.weight == 1:
        yield Problem(place, "a question with a gate has at least weight 2")
    if not 1 <= gate.min_level <= TOP_LEVEL:
        yield Problem(f"{place}, min_level", f"expected 1 to {TOP_LEVEL}, found {gate.min_level}")
    caps_pillar = gate.cap_pillar is not None
    if (gate.cap_domain, gate.cap_pillar) != caps_of(gate.kind, caps_pillar):
        yield Problem(place, f"the caps do not follow from the kind {gate.kind}")
    if caps_pillar != bool(gate.pillars):
        yield Problem(f"{place}, pillars", "must be named if the gate caps a pillar, and only then")
    if caps_pillar and question.depth is not Depth.QUICK:
        yield Problem(place, "a gate that caps a pillar must belong to a quick question, so that it always shows")
    for pillar in gate.pillars:
        if pillar not in known.pillars:
            yield Problem(f"{place}, pillars", f"{pillar} is not a pillar of this document")


def _legal_gate(question: Question, gate: Gate, place: str, known: KnownNames) -> Iterator[Problem]:
    """What it says today must be true today."""
    if question.steps and gate.severity is None:
        yield warning(f"{place}, severity", "say how much the law or people suffer: 3, 2 or 1")
    firsts = [duty.starts or date.min for duty in question.duties]
    if firsts and min(firsts) > known.law_day and (gate.starts or date.min) < min(firsts):
        yield Problem(f"{place}, starts", f"closed before {min(firsts)}, when the first duty here starts")
    if question.duties and all(duty.finding is FindingKind.ON_THE_DAY for duty in question.duties):
        yield warning(
            f"{place}, kind", "says that a law is broken now, while all duties here mean “Would be missed on the day”"
        )


def _duty(question: Question, duty: Duty, place: str, known: KnownNames) -> Iterator[Problem]:
    if duty.law not in known.law_tags:
        yield Problem(f"{place}, law", f"{duty.law} is not a law of this document")
    if not 1 <= duty.level <= TOP_LEVEL:
        yield Problem(f"{place}, level", f"expected 1 to {TOP_LEVEL}, found {duty.level}")
    for label in duty.citations:
        if label not in known.citation_laws:
            yield Problem(f"{place}, citations", f"{label} is not in the registry")
    laws = {known.citation_laws.get(label) for label in duty.citations}
    if duty.law not in laws:
        yield warning(f"{place}, citations", f"none of them belongs to the law {duty.law}")
    if duty.finding is FindingKind.ON_THE_DAY:
        return
    for gate in question.gates:
        if gate.kind in _LEGAL and gate.min_level > duty.level:
            yield warning(f"{place}, level", f"met at {duty.level}, while the gate stays closed below {gate.min_level}")
