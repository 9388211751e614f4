"""What a preset assumes about a business, as far as it is still open and matters; nothing counts before it is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.bank.logic import Truth, truth_of
from assessments.bank.scope_types import Preset, Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, ScopeFacts, scope_logic
from assessments.scoring.scoping.relevance import deciding_questions

AI = "ai"
ALWAYS_ASKED = frozenset({"country", "people", AI})
"""Scope questions that no preset answers: everybody is asked."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """`only_with_ai`: the question is asked only if the business uses AI, which nobody knows yet."""

    question: ScopeQuestion
    answer: FactAnswer
    only_with_ai: bool = False


def assumptions(scope: Scope, preset: Preset, facts: ScopeFacts) -> tuple[Assumption, ...]:
    """In the order of the wizard: what the preset assumes where an answer is missing and could change anything."""
    found: dict[str, Assumption] = {}
    supposed = dict(facts)
    for question in (question for screen in scope.screens for question in screen.questions):
        answer = _assumed(scope, preset, question, supposed)
        only_with_ai = bool(answer) and not is_asked(scope, supposed, question)
        if answer and is_asked(scope, with_any_ai(scope, supposed), question):
            found[question.id] = Assumption(question, answer, only_with_ai)
            supposed[question.id] = answer
    matter = deciding_questions(scope, facts)
    return tuple(own for name, own in found.items() if name in matter)


def is_asked(scope: Scope, facts: ScopeFacts, question: ScopeQuestion) -> bool:
    """Whether the question is asked for sure, whatever the answers still to come."""
    return scope_logic(scope, facts).asked(question) is Truth.YES


def with_any_ai(scope: Scope, facts: ScopeFacts) -> ScopeFacts:
    """The facts, and while nothing is known about AI, that the business uses all kinds of it."""
    kinds = [
        option.id
        for screen in scope.screens
        for question in screen.questions
        for option in question.options
        if question.id == AI and not option.exclusive
    ]
    return {AI: FactAnswer(frozenset(kinds)), **facts} if kinds else facts


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
