"""Rules for single questions: wording, gates, duties, references, and whether any business can be asked it."""

import re
from collections.abc import Iterator

from assessments.bank.checks.filled_in import check_placeholders
from assessments.bank.checks.gates import check_gates_and_duties
from assessments.bank.checks.known import KnownNames
from assessments.bank.checks.scope import conditions_of, repeated, warning
from assessments.bank.checks.steps import check_steps
from assessments.bank.checks.wording import check_wording
from assessments.bank.conditions import Clause, Condition
from assessments.bank.document.question_entry import LEVELS
from assessments.bank.errors import Problem
from assessments.bank.reach import Demand, Reach
from assessments.bank.types import NotApplicable, Question

MAX_QUESTION_WORDS = 26
MAX_LEVEL_WORDS = 32
MAX_EVIDENCE = 4

# Rule 3: gates about things that a business may simply not have, such as a laptop or a cloud folder.
GATES_THAT_MAY_BE_LEFT_OUT = frozenset({"STORE-02", "STORE-04", "VENDOR-03", "VENDOR-04", "VENDOR-06"})

_TWO_QUESTIONS = re.compile(r"\b(and|or) (do|does|did|have|has|is|are|can|would|will) (you|it|they|people|the)\b")
_NOT_KNOWING = re.compile(r"\bwe (do not|don't) know\b", re.IGNORECASE)


def check_question(question: Question, known: KnownNames) -> Iterator[Problem]:
    place = f"questions {question.id}"
    yield from check_wording(question, place)
    yield from _wording(question, place)
    yield from _levels(question, place)
    yield from _not_applicable(question, place)
    yield from _references(question, place, known)
    yield from check_gates_and_duties(question, known)
    yield from check_placeholders(question, known)
    yield from check_steps(question, known)
    unknown = list(_unknown_tags(question, place, known))
    yield from unknown
    if known.reach and not unknown:
        yield from _reachable(question, place, known, known.reach)


def _wording(question: Question, place: str) -> Iterator[Problem]:
    if question.text.count("?") != 1 or not question.text.endswith("?"):
        yield Problem(f"{place}, text", "expected exactly one question, with its question mark at the end")
    if _TWO_QUESTIONS.search(question.text):
        yield warning(f"{place}, text", "looks like two questions in one")
    words = len(question.text.split())
    if words > MAX_QUESTION_WORDS:
        yield warning(f"{place}, text", f"{words} words, at most {MAX_QUESTION_WORDS} are easy to read")
    if question.weight not in (1, 2, 3):
        yield Problem(f"{place}, weight", f"expected 1, 2 or 3, found {question.weight}")
    if not 1 <= len(question.evidence) <= MAX_EVIDENCE:
        yield Problem(f"{place}, evidence", f"expected one to {MAX_EVIDENCE} examples, found {len(question.evidence)}")


def _levels(question: Question, place: str) -> Iterator[Problem]:
    place = f"{place}, levels"
    if len(question.levels) != LEVELS:
        yield Problem(place, f"expected {LEVELS}, found {len(question.levels)}")
    if len(set(question.levels)) != len(question.levels):
        yield Problem(place, "two levels have the same text")
    for number, level in enumerate(question.levels):
        words = len(level.split())
        if words > MAX_LEVEL_WORDS:
            yield warning(f"{place}, level {number}", f"{words} words, at most {MAX_LEVEL_WORDS} are easy to read")
        if _NOT_KNOWING.search(level):
            yield warning(f"{place}, level {number}", 'not knowing is not a level: "don\'t know" is a separate answer')


def _not_applicable(question: Question, place: str) -> Iterator[Problem]:
    offered = question.not_applicable
    if (offered is NotApplicable.NEVER) == bool(question.not_applicable_hint):
        wanted = (
            "must be empty, because it is never offered"
            if question.not_applicable_hint
            else "must say when it is right"
        )
        yield Problem(f"{place}, not_applicable_hint", wanted)
    place = f"{place}, not_applicable"
    if question.gates and offered is NotApplicable.ALWAYS and question.id not in GATES_THAT_MAY_BE_LEFT_OUT:
        yield Problem(
            place, "people could click the gate away: choose “Offered while no gate is active” or “Never offered”"
        )
    if offered is NotApplicable.WITHOUT_GATE:
        if not question.gates:
            yield Problem(place, "there is no gate to wait for: choose “Always offered” or “Never offered”")
        elif any(not gate.when.clauses for gate in question.gates):
            yield Problem(place, "a gate applies to everyone, so this is never offered: choose “Never offered”")


def _references(question: Question, place: str, known: KnownNames) -> Iterator[Problem]:
    if not question.citations:
        yield Problem(f"{place}, citations", "expected at least one")
    yield from repeated(f"{place}, citations", (citation.label for citation in question.citations))
    for citation in question.citations:
        if citation.label not in known.citation_laws:
            yield Problem(f"{place}, citations", f"{citation.label} is not in the registry")
    if not question.checklist:
        yield Problem(f"{place}, checklist", "expected at least one item")
    for item in question.checklist:
        if item not in known.checklist:
            yield Problem(f"{place}, checklist", f"{item} is not an item of the checklist")


def _unknown_tags(question: Question, place: str, known: KnownNames) -> Iterator[Problem]:
    for name, condition in conditions_of(question):
        for tag in sorted(condition.names() - known.tags):
            yield Problem(f"{place}, {name}", f"{tag} is not a tag of this document")


def _reachable(question: Question, place: str, known: KnownNames, reach: Reach) -> Iterator[Problem]:
    asked = Demand(question.applies_when)
    if not reach.possible([asked]):
        yield Problem(f"{place}, applies_when", "no business can ever be asked this")
        return
    before: list[Demand] = []
    for number, gate in enumerate(question.gates, 1):
        if not reach.possible([asked, *before, Demand(gate.when)]):
            yield Problem(f"{place}, gates, entry {number}", "no business can ever meet this gate")
        before.append(Demand(gate.when, holds=False))
    for number, duty in enumerate(question.duties, 1):
        law = Condition((Clause(all=(known.law_tags.get(duty.law, ""),)),))
        if duty.law in known.law_tags and not reach.possible([asked, Demand(law), Demand(duty.when)]):
            yield Problem(f"{place}, duties, entry {number}", "no business can ever have this duty here")
    for citation in question.citations:
        if not reach.possible([asked, Demand(citation.when)]):
            yield Problem(f"{place}, citations {citation.label}", "its condition can never hold here")
