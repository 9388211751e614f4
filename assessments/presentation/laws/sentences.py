"""What a business said about itself, in sentences."""

from assessments.bank.scope_types import ScopeOption, ScopeQuestion
from assessments.presentation.placeholders import COUNTRY
from assessments.scoring.scope import FactAnswer
from assessments.scoring.scoping.because import SaidFact


def option_sentence(question: ScopeQuestion, option: ScopeOption) -> str:
    """What choosing the option says; the question with its answer where the edition has no sentence for it."""
    if option.says:
        return option.says
    if question.id == COUNTRY:
        return f"Your business is in {_inside_a_sentence(option.text)}."
    return f"{question.text} {option.text}."


def _inside_a_sentence(place: str) -> str:
    """Without its capital where it is no name, such as "Another country"."""
    return place[0].lower() + place[1:] if place.startswith("Another ") else place


def said_sentences(said: SaidFact) -> tuple[str, ...]:
    """One for each option that matters."""
    chosen = tuple(option_sentence(said.question, option) for option in said.options)
    return (*chosen, *(f"At “{said.question.text}” you did not tick “{own.text}”." for own in said.not_chosen))


def answer_sentences(question: ScopeQuestion, answer: FactAnswer) -> tuple[str, ...]:
    """One for each chosen option, in the order of the question; none for "not sure"."""
    return tuple(option_sentence(question, own) for own in question.options if own.id in answer.options)
