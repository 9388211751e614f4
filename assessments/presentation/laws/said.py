"""What a business said about itself, in sentences."""

from assessments.bank.scope_types import ScopeOption, ScopeQuestion
from assessments.scoring.scope import FactAnswer
from assessments.scoring.scoping.because import SaidFact


def option_sentence(question: ScopeQuestion, option: ScopeOption) -> str:
    """What choosing the option says; the question with its answer where the edition has no sentence for it."""
    return f"{question.text} {option.text}."


def said_sentences(said: SaidFact) -> tuple[str, ...]:
    """One for each option that matters."""
    return tuple(option_sentence(said.question, option) for option in said.options)


def answer_sentences(question: ScopeQuestion, answer: FactAnswer) -> tuple[str, ...]:
    """One for each chosen option, in the order of the question; none for "not sure"."""
    return tuple(option_sentence(question, own) for own in question.options if own.id in answer.options)
