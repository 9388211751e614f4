"""Answers to the scope questions, without a database."""

from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition
from assessments.scoring.scope import FactAnswer, visible_questions

NOT_SURE = FactAnswer(not_sure=True)
# A shop in France with staff, a website and ready-made AI tools.
SHOP = {"country": "fr", "offers": "eu", "people": "to9", "setup": "website", "ai": "tools", "ai_data": "yes"}


def fact(*options: str) -> FactAnswer:
    return FactAnswer(frozenset(options))


def facts_of(edition: Edition, **chosen: str | FactAnswer) -> dict[str, FactAnswer]:
    """Answers to every scope question shown: as chosen, else "none of these" or "no"."""
    questions = [question for screen in edition.scope.screens for question in screen.questions]
    given = {q.id: _fact(chosen.get(q.id) or _none_of(q)) for q in questions}
    visible = {question.id for question in visible_questions(edition.scope, given)}
    return {question: answer for question, answer in given.items() if question in visible}


def _fact(value: str | FactAnswer) -> FactAnswer:
    return fact(value) if isinstance(value, str) else value


def _none_of(question: ScopeQuestion) -> str:
    exclusive = [option.id for option in question.options if option.exclusive or option.id == "no"]
    return exclusive[0] if exclusive else question.options[-1].id
