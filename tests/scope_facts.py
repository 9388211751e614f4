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
    """Answers to every scope question shown: as chosen, else "none of these", "no" or the last option.

    Raises LookupError for a question or an option that the edition does not have.
    """
    questions = {question.id: question for screen in edition.scope.screens for question in screen.questions}
    picked = {name: _picked(questions[name], value) for name, value in chosen.items()}
    given = {name: picked.get(name) or fact(_none_of(question)) for name, question in questions.items()}
    visible = {question.id for question in visible_questions(edition.scope, given)}
    return {question: answer for question, answer in given.items() if question in visible}


def _picked(question: ScopeQuestion, value: str | FactAnswer) -> FactAnswer:
    picked = fact(value) if isinstance(value, str) else value
    unknown = picked.options - {option.id for option in question.options}
    if unknown:
        raise LookupError(f"{question.id} has no option {', '.join(sorted(unknown))}")
    return picked


def _none_of(question: ScopeQuestion) -> str:
    options = {option.id: option for option in question.options}
    exclusive = [option.id for option in options.values() if option.exclusive]
    return next(iter(exclusive), "no" if "no" in options and question.id != "country" else question.options[-1].id)
