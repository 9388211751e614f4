"""What a preset assumes about a business, as far as it is still open and matters; nothing counts before it is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.bank.logic import Truth, truth_of
from assessments.bank.scope_types import Preset, Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, ScopeFacts, scope_logic
from assessments.scoring.scoping.relevance import deciding_questions

ALWAYS_ASKED = frozenset({"country", "people", "ai"})
"""Scope questions that no preset answers: everybody is asked."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """`sure`: the question is asked whatever the answers still to come; otherwise only if they turn out so."""

    question: ScopeQuestion
    answer: FactAnswer
    sure: bool


def assumptions(scope: Scope, preset: Preset, facts: ScopeFacts) -> tuple[Assumption, ...]:
    """In the order of the wizard: what the preset assumes where there is no answer yet and one could change anything."""
    found: dict[str, Assumption] = {}
    supposed = dict(facts)
    for question in (question for screen in scope.screens for question in screen.questions):
        answer = _assumed(scope, preset, question, supposed)
        asked = scope_logic(scope, supposed).asked(question) if answer else Truth.NO
        if answer and asked is not Truth.NO:
            found[question.id] = Assumption(question, answer, asked is Truth.YES)
            supposed[question.id] = answer
    for name in reversed(tuple(found)):
        others = {other: answer for other, answer in supposed.items() if other != name}
        if name not in deciding_questions(scope, others):
            del found[name], supposed[name]
    return tuple(found.values())


def _assumed(scope: Scope, preset: Preset, question: ScopeQuestion, facts: ScopeFacts) -> FactAnswer | None:
    """The first fact for the question whose condition holds; None where an earlier one may hold as well."""
    if question.id in facts or question.id in ALWAYS_ASKED:
        return None
    look = scope_logic(scope, facts).look
    for fact in preset.facts:
        holds = truth_of(fact.when, look) if fact.question == question.id else Truth.NO
        if holds is not Truth.NO:
            options = frozenset(fact.options) & {option.id for option in question.options}
            return FactAnswer(options) if options and holds is Truth.YES else None
    return None


def confirmed(scope: Scope, facts: ScopeFacts, given: ScopeFacts) -> Mapping[str, FactAnswer]:
    """Of what was given on one page, the answers to questions that are asked for sure once it counts."""
    after = {**facts, **given}
    logic = scope_logic(scope, after)
    questions = (question for screen in scope.screens for question in screen.questions)
    asked = {question.id for question in questions if logic.asked(question) is Truth.YES}
    return {name: answer for name, answer in given.items() if name in asked}


def without_assumed(scope: Scope, preset: Preset, facts: ScopeFacts) -> Mapping[str, FactAnswer]:
    """The facts without those that are as the preset assumes: they were its, not the business's own."""
    names = {fact.question for fact in preset.facts}
    own = {name: answer for name, answer in facts.items() if name not in names or name in ALWAYS_ASKED}
    assumed = {found.question.id: found.answer for found in assumptions(scope, preset, own)}
    return {name: answer for name, answer in facts.items() if assumed.get(name) != answer}
