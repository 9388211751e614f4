"""Rules for the scope section: every name exists, nothing depends on itself, every tag can be set and is used."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import Problem, Severity
from assessments.bank.logic import MOST_NESTED, TAG_PREFIX, CircularScope, DeepScope, ScopeLogic, Truth
from assessments.bank.reach import Demand, Reach
from assessments.bank.scope_types import Scope, Tag
from assessments.bank.types import Edition, Question


def check_scope(edition: Edition, reach: Reach | None) -> Iterator[Problem]:
    """`reach` is None while the scope is not sound."""
    scope = edition.scope
    yield from _repeats(scope)
    unknown = list(_unknown_names(scope))
    yield from unknown
    if unknown:
        return
    try:
        _settle_everything(scope)
    except DeepScope as chain:
        yield Problem("tags", f"lead from one to the next more than {MOST_NESTED} times: {chain}")
    except CircularScope as circle:
        yield Problem("tags", f"depend on themselves: {circle}")
    if reach is not None:
        yield from _tags(edition, reach)


def check_decided(reach: Reach | None) -> Iterator[Problem]:
    """Whether the other checks could find out what they asked: the last of all checks."""
    if reach is not None and reach.is_undecided:
        yield Problem(
            "tags",
            "their rules are too intertwined to find out which businesses there can be: write rules with fewer names, "
            "and fewer that rest on other tags",
        )


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


def warning(place: str, message: str) -> Problem:
    return Problem(place, message, Severity.WARNING)


def _conditions(scope: Scope) -> Iterator[tuple[str, Condition]]:
    for screen in scope.screens:
        for question in screen.questions:
            yield f"scope question {question.id}, asked_when", question.asked_when
    for tag in scope.tags:
        for number, rule in enumerate(tag.set_when, 1):
            yield f"tags {tag.id}, set_when, entry {number}", rule.when
    for item in scope.out_of_view:
        yield f"out_of_view {item.id}, when", item.when


def _reasons_why_off(scope: Scope) -> Iterator[tuple[str, Condition]]:
    for tag in scope.tags:
        for number, own in enumerate(tag.otherwise, 1):
            yield f"tags {tag.id}, otherwise, entry {number}", own.when


def conditions_of(question: Question) -> Iterator[tuple[str, Condition]]:
    """Each condition of a question, with its place in the question."""
    yield "applies_when", question.applies_when
    for number, gate in enumerate(question.gates, 1):
        yield f"gates, entry {number}", gate.when
    for number, duty in enumerate(question.duties, 1):
        yield f"duties, entry {number}", duty.when
    for citation in question.citations:
        yield f"citations {citation.label}", citation.when
    for step in question.steps:
        for number, variant in enumerate(step.variants, 1):
            yield f"steps, to {step.to}, variants, entry {number}", variant.when


def _unknown_names(scope: Scope) -> Iterator[Problem]:
    questions = [question for screen in scope.screens for question in screen.questions]
    names = {f"{question.id}.{option.id}" for question in questions for option in question.options}
    names |= {TAG_PREFIX + tag.id for tag in scope.tags}
    for place, condition in (*_conditions(scope), *_reasons_why_off(scope)):
        for name in sorted(condition.names() - names):
            yield Problem(place, f"{name} is neither a question.option nor a tag:id of this document")


def _tags(edition: Edition, reach: Reach) -> Iterator[Problem]:
    laws = {law.code for law in edition.laws}
    used = _used_tags(edition)
    asking = _Asking(edition.scope)
    rested_on = _rested_on(edition)
    for tag in edition.scope.tags:
        place = f"tags {tag.id}"
        if tag.law and tag.law not in laws:
            yield Problem(f"{place}, law", f"{tag.law} is not a law of this document")
        if not reach.possible([Demand(Condition((Clause(all=(tag.id,)),)))]):
            yield Problem(place, "no business can ever have this tag")
        if tag.id not in used:
            yield warning(place, "nothing uses this tag")
        yield from _otherwise(tag, place)
        yield from _settled_by(tag, place, asking.behind(tag.id), tag.id in rested_on)


def _otherwise(tag: Tag, place: str) -> Iterator[Problem]:
    """Somebody reads one of them whenever the tag is off."""
    for number, own in enumerate(tag.otherwise, 1):
        if bool(own.when.clauses) is (number == len(tag.otherwise)):
            yield Problem(f"{place}, otherwise, entry {number}", "every text but the last has a condition")


def _settled_by(tag: Tag, place: str, questions: set[str], needed: bool) -> Iterator[Problem]:
    if tag.settled_by and tag.settled_by not in questions:
        yield Problem(f"{place}, settled_by", f"the tag does not depend on a scope question {tag.settled_by}")
    if needed and questions and not tag.settled_by:
        yield warning(f"{place}, settled_by", "gates or duties rest on it: name the scope question that settles it")


def _rested_on(edition: Edition) -> set[str]:
    """Tags whose being unknown makes a gate or a duty one to be checked."""
    law_tags = {law.code: law.tag for law in edition.laws}
    found: set[str] = set()
    for question in edition.questions:
        found.update(*(gate.when.names() for gate in question.gates))
        found.update(*(duty.when.names() for duty in question.duties))
        found.update(law_tags.get(duty.law, "") for duty in question.duties)
    return found


class _Asking:
    """Which scope questions a tag depends on. Every name must be known, no tag circular."""

    def __init__(self, scope: Scope) -> None:
        self._tags = {tag.id: tag for tag in scope.tags}
        self._questions = {question.id: question for screen in scope.screens for question in screen.questions}
        self._known: dict[str, set[str]] = {}

    def behind(self, tag_id: str) -> set[str]:
        """Also through other tags, and through what decides whether a question is asked."""
        if tag_id not in self._known:
            self._known[tag_id] = set().union(*(self._behind(rule.when) for rule in self._tags[tag_id].set_when))
        return self._known[tag_id]

    def _behind(self, condition: Condition) -> set[str]:
        found: set[str] = set()
        for name in condition.names():
            if name.startswith(TAG_PREFIX):
                found |= self.behind(name.removeprefix(TAG_PREFIX))
            else:
                question = self._questions[name.partition(".")[0]]
                found |= {question.id} | self._behind(question.asked_when)
        return found


def _used_tags(edition: Edition) -> set[str]:
    used = {law.tag for law in edition.laws}
    used |= {name.removeprefix(TAG_PREFIX) for _, condition in _conditions(edition.scope) for name in condition.names()}
    for condition in (*_conditions_of_frame(edition), *_conditions_of_questions(edition)):
        used |= condition.names()
    return used


def _conditions_of_frame(edition: Edition) -> Iterator[Condition]:
    if edition.raised_target_when:
        yield edition.raised_target_when
    yield from (entry.concerns for entry in edition.checklist.values())
    yield from (day.when for day in edition.dates)
    yield from (rule.when for law in edition.laws for rule in law.authority_else)


def _conditions_of_questions(edition: Edition) -> Iterator[Condition]:
    for question in edition.questions:
        yield from (condition for _place, condition in conditions_of(question))
