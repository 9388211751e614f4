"""What of a file an assessment of the same edition can begin with."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.bank.types import Edition
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags
from assessments.scoring.types import ScoredAnswerKind
from assessments.signed_assessment.types import AssessmentFile, FileAnswer


@dataclass(frozen=True, slots=True)
class CarriedParts:
    """Facts and answers that the edition knows. `left_out` counts what it does not, or does not offer."""

    facts: ScopeFacts
    answers: tuple[FileAnswer, ...]
    left_out: int


def carried_parts(file: AssessmentFile, edition: Edition) -> CarriedParts:
    """`edition` is this installation's own. A file can be forged, so nothing in it is taken to fit."""
    known = {question.id: question for screen in edition.scope.screens for question in screen.questions}
    options = {own: frozenset(option.id for option in question.options) for own, question in known.items()}
    many = frozenset(own for own, question in known.items() if question.many)
    facts = {own: fact for own, fact in file.facts.items() if _fits(own, fact, options, many)}
    on = find_tags(edition.scope, facts).on
    answers = tuple(answer for answer in file.answers if _is_offered(answer, edition, on))
    left_out = len(file.facts) - len(facts) + len(file.answers) - len(answers)
    return CarriedParts(facts, answers, left_out)


def _fits(own: str, fact: FactAnswer, options: Mapping[str, frozenset[str]], many: frozenset[str]) -> bool:
    return own in options and fact.options <= options[own] and (own in many or len(fact.options) <= 1)


def _is_offered(answer: FileAnswer, edition: Edition, on: frozenset[str]) -> bool:
    question = edition.question.get(answer.question)
    if question is None:
        return False
    return answer.kind != ScoredAnswerKind.NOT_APPLICABLE or question.offers_not_applicable(on)
