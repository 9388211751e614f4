"""Rules for the scope section: every name exists, nothing depends on itself, every tag can be set and is used."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import Problem, Severity
from assessments.bank.logic import TAG_PREFIX, CircularScope, ScopeLogic, Truth
from assessments.bank.reach import Demand, reach_of
from assessments.bank.scope_types import Scope
from assessments.bank.types import Edition, Question


def check_scope(edition: Edition) -> Iterator[Problem]:
    scope = edition.scope
    yield from _repeats(scope)
    unknown = list(_unknown_names(scope))
    yield from unknown
    if unknown:
        return
    try:
        _settle_everything(scope)
    except CircularScope as circle:
        yield Problem("tags", f"depend on themselves: {circle}")
        return
    yield from _tags(edition)


def scope_is_sound(scope: Scope) -> bool:
    """Whether every name in it can be settled: what `Reach` needs."""
    try:
        _settle_everything(scope)
    except (CircularScope, KeyError):
        return False
    return not any(_unknown_names(scope))


def _settle_everything(scope: Scope) -> None:
    logic = ScopeLogic(scope, lambda question, option: Truth.MAYBE)
    for tag in scope.tags:
        logic.tag(tag.id)
    for screen in scope.screens:
        for question in screen.questions:
            logic.asked(question)


def _repeats(scope: Scope) -> Iterator[Problem]:
    yield from repeated("scope", (screen.id for screen in scope.screens))
    questions = [question for screen in scope.screens for question in screen.questions]
    yield from repeated("scope, questions", (question.id for question in questions))
    yield from repeated("tags", (tag.id for tag in scope.tags))
    for question in questions:
        yield from repeated(f"scope question {question.id}, options", (option.id for option in question.options))


def repeated(place: str, names: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(f"{place} {name}", "appears twice")


def _conditions(scope: Scope) -> Iterator[tuple[str, Condition]]:
    for screen in scope.screens:
        for question in screen.questions:
            yield f"scope question {question.id}, asked_when", question.asked_when
    for tag in scope.tags:
        for number, rule in enumerate(tag.set_when, 1):
            yield f"tags {tag.id}, set_when, entry {number}", rule.when
    for item in scope.out_of_view:
        yield f"out_of_view {item.id}, when", item.when


def conditions_of(question: Question) -> Iterator[tuple[str, Condition]]:
    """Each condition of a question, with its place in the question."""
    yield "applies_when", question.applies_when
    for number, gate in enumerate(question.gates, 1):
        yield f"gates, entry {number}", gate.when
    for number, duty in enumerate(question.duties, 1):
        yield f"duties, entry {number}", duty.when
    for citation in question.citations:
        yield f"citations {citation.label}", citation.when


def _unknown_names(scope: Scope) -> Iterator[Problem]:
    questions = [question for screen in scope.screens for question in screen.questions]
    names = {f"{question.id}.{option.id}" for question in questions for option in question.options}
    names |= {TAG_PREFIX + tag.id for tag in scope.tags}
    for place, condition in _conditions(scope):
        for name in sorted(condition.names() - names):
            yield Problem(place, f"{name} is neither a question.option nor a tag:id of this document")


def _tags(edition: Edition) -> Iterator[Problem]:
    reach = reach_of(edition.scope)
    laws = {law.code for law in edition.laws}
    used = _used_tags(edition)
    for tag in edition.scope.tags:
        place = f"tags {tag.id}"
        if tag.law and tag.law not in laws:
            yield Problem(f"{place}, law", f"{tag.law} is not a law of this document")
        if not reach.possible([Demand(Condition((Clause(all=(tag.id,)),)))]):
            yield Problem(place, "no business can ever have this tag")
        if tag.id not in used:
            yield Problem(place, "nothing uses this tag", Severity.WARNING)


def _used_tags(edition: Edition) -> set[str]:
    used = {law.tag for law in edition.laws}
    used |= edition.raised_target_when.names() if edition.raised_target_when else frozenset()
    used |= {name for entry in edition.checklist.values() for name in entry.concerns.names()}
    used |= {name.removeprefix(TAG_PREFIX) for _, condition in _conditions(edition.scope) for name in condition.names()}
    for question in edition.questions:
        for _, condition in conditions_of(question):
            used |= condition.names()
    return used
