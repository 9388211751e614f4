"""Rules for presets: they assume only what a business may say, and leave nothing open by mistake."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from math import prod

from assessments.bank.checks.scope import repeated, scope_is_sound, warning
from assessments.bank.conditions import Condition
from assessments.bank.errors import Problem
from assessments.bank.logic import TAG_PREFIX, ScopeLogic, Truth
from assessments.bank.reach import MOST_WORK, names_in
from assessments.bank.scope_types import NEVER_ASSUMED, Preset, PresetFact, Scope, ScopeOption, ScopeQuestion
from assessments.bank.types import Edition

MOST_LEFT_OPEN = 10
"""More questions than this after "we assume ..." and the preset saves a business hardly any time."""

_Questions = Mapping[str, ScopeQuestion]


def check_presets(edition: Edition) -> Iterator[Problem]:
    questions = {own.id: own for screen in edition.scope.screens for own in screen.questions}
    yield from repeated("presets", (preset.id for preset in edition.presets))
    for name, count in Counter(preset.name.casefold() for preset in edition.presets).items():
        if count > 1:
            yield Problem("presets", f"two have the name “{name}”: nobody can tell them apart")
    sound, work, names = scope_is_sound(edition.scope), 0, names_in(edition.scope)
    for preset in edition.presets:
        wrong = tuple(_names(preset, questions))
        yield from wrong
        if sound and not wrong:
            work += names * prod(map(len, _kinds(edition.scope, _conditions_of(preset))))
            if work > MOST_WORK:
                yield Problem("presets", "tell too many kinds of businesses apart to try all: use fewer conditions")
                return
            yield from _left_open(preset, edition.scope)


def _names(preset: Preset, questions: _Questions) -> Iterator[Problem]:
    place = f"presets {preset.id}"
    always: set[str] = set()
    if not preset.facts:
        yield Problem(place, "assumes nothing: a preset needs at least one fact")
    for number, fact in enumerate(preset.facts, 1):
        where = f"{place}, facts, entry {number}"
        if fact.question in always:
            yield Problem(where, f"never counts: an earlier fact for {fact.question} has no condition")
        if not fact.when.clauses:
            always.add(fact.question)
        yield from _fact(fact, where, questions)
        yield from _condition(fact, where, questions)
    for question in sorted(set(preset.asks) - questions.keys()):
        yield Problem(f"{place}, asks", f"{question} is not a scope question of this document")
    for question in preset.asks:
        if question in always:
            yield Problem(f"{place}, asks", f"{question} is never left open: a fact without a condition answers it")


def _fact(fact: PresetFact, where: str, questions: _Questions) -> Iterator[Problem]:
    question = questions.get(fact.question)
    if question is None:
        yield Problem(where, f"{fact.question} is not a scope question of this document")
        return
    if question.id in NEVER_ASSUMED:
        yield Problem(where, f"{question.id} is never assumed: the business answers it itself")
    options = {option.id: option for option in question.options}
    yield from (
        Problem(where, f"{name} is not an option of {question.id}") for name in fact.options if name not in options
    )
    yield from repeated(f"{where}, options", fact.options)
    chosen = [options[name] for name in fact.options if name in options]
    if len(chosen) > 1:
        yield from _several(chosen, question, where)
    for option in chosen:
        if not option.says:
            place = f"scope question {question.id}, options {option.id}, says"
            yield warning(place, "a preset assumes it: say it as a sentence about the business")


def _several(chosen: list[ScopeOption], question: ScopeQuestion, where: str) -> Iterator[Problem]:
    if not question.many:
        yield Problem(where, f"{question.id} takes one option only")
    for option in chosen:
        if option.exclusive:
            yield Problem(where, f"{option.id} rules out every other option of {question.id}")


def _condition(fact: PresetFact, where: str, questions: _Questions) -> Iterator[Problem]:
    for name in sorted(fact.when.names()):
        question, _, option = name.partition(".")
        known = {own.id for own in questions[question].options} if question in questions else set()
        if name.startswith(TAG_PREFIX) or option not in known:
            yield Problem(f"{where}, when", f"{name} is not a question.option of this document")
        elif question not in NEVER_ASSUMED:
            yield Problem(f"{where}, when", f"{name} is not known yet: only {', '.join(NEVER_ASSUMED)} are")


@lru_cache(maxsize=256)
def _left_open(preset: Preset, scope: Scope) -> tuple[Problem, ...]:
    """Cached: most changes to an edition leave its presets and its scope as they are."""
    return tuple(_open_problems(preset, scope))


def _open_problems(preset: Preset, scope: Scope) -> Iterator[Problem]:
    told: set[str] = set()
    businesses = typical_businesses(scope, _conditions_of(preset))
    opens = {business: questions_left_open(preset, scope, business) for business in businesses}
    for business, left in opens.items():
        for question in left:
            if question not in preset.asks and question not in told:
                told.add(question)
                yield warning(
                    f"presets {preset.id}",
                    f"says nothing about {question} for a business with {_shown(business)}: assume something, "
                    "or name it in asks",
                )
        if len(left) > MOST_LEFT_OPEN and "" not in told:
            told.add("")
            yield warning(
                f"presets {preset.id}",
                f"leaves {len(left)} questions open for a business with {_shown(business)}: {', '.join(left)}",
            )
    for question in sorted(set(preset.asks).difference(*opens.values())):
        yield warning(f"presets {preset.id}, asks", f"{question} is open for no business")


def _shown(business: frozenset[str]) -> str:
    return " and ".join(sorted(business))


def typical_businesses(scope: Scope, conditions: Iterable[Condition] = ()) -> tuple[frozenset[str], ...]:
    """Each country and size that these conditions and the scope tell apart; the options chosen. All of them use AI."""
    return tuple(frozenset(chosen) for chosen in product(*_kinds(scope, conditions)))


def _kinds(scope: Scope, conditions: Iterable[Condition]) -> list[list[str]]:
    """Of each question that every business answers itself, the options that are told apart."""
    asked = (own for screen in scope.screens for own in screen.questions if own.id in NEVER_ASSUMED)
    lists = frozenset(_lists((*conditions, *_scope_conditions(scope))))
    return [_told_apart(own, lists) for own in asked]


def _conditions_of(preset: Preset) -> tuple[Condition, ...]:
    return tuple(fact.when for fact in preset.facts)


def _scope_conditions(scope: Scope) -> Iterator[Condition]:
    yield from (own.asked_when for screen in scope.screens for own in screen.questions)
    yield from (rule.when for tag in scope.tags for rule in tag.set_when)


def _lists(conditions: Iterable[Condition]) -> Iterator[tuple[str, ...]]:
    for condition in conditions:
        for clause in condition.clauses:
            yield from (clause.all, clause.any, clause.none)


def _told_apart(question: ScopeQuestion, lists: frozenset[tuple[str, ...]]) -> list[str]:
    """The first option of each kind: two are of one kind if every list that names one names the other too.

    Where several may be chosen, one is enough: it opens the questions that depend on any of them.
    """
    kinds: dict[frozenset[tuple[str, ...]], str] = {}
    for option in question.options:
        name = f"{question.id}.{option.id}"
        if not option.exclusive:
            kinds.setdefault(frozenset(names for names in lists if name in names), name)
    found = list(kinds.values())
    return found[:1] if question.many else found


def questions_left_open(preset: Preset, scope: Scope, business: frozenset[str]) -> tuple[str, ...]:
    """The scope questions that are asked for sure of a business with these options, and that the preset leaves open."""
    facts = preset.assumed(business)

    def fact(question: ScopeQuestion, option: str) -> Truth:
        if question.id in facts:
            return Truth.YES if option in facts[question.id] else Truth.NO
        if question.id in NEVER_ASSUMED:
            return Truth.YES if f"{question.id}.{option}" in business else Truth.NO
        return Truth.MAYBE

    logic = ScopeLogic(scope, fact)
    asked = (own for screen in scope.screens for own in screen.questions if logic.asked(own) is Truth.YES)
    return tuple(own.id for own in asked if own.id not in facts and own.id not in NEVER_ASSUMED)
