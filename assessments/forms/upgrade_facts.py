"""The facts that a newer edition asks for anew, on the page that offers it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict

from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition
from assessments.forms.scope import ScopeForm, scope_initial
from assessments.scoring.edition_upgrade import EditionUpgrade
from assessments.scoring.scope import FactAnswer, visible_questions

PREFIX = "fact"
SHOWN = "shown"
"""Names the questions on the page: of a question with boxes nothing arrives while none is ticked."""


class UpgradeFactsForm(ScopeForm):
    """Nothing is ticked at a question with a new choice but what was ticked before, so nothing new is declined."""

    @classmethod
    def sent(cls, edition: Edition, data: QueryDict) -> "UpgradeFactsForm":
        """The questions that were on the page, as they were answered there."""
        names = set(data.get(SHOWN, "").split())
        return cls(data, prefix=PREFIX, questions=tuple(q for q in _questions(edition) if q.id in names))

    @classmethod
    def asking(cls, edition: Edition, carried: EditionUpgrade, given: Mapping[str, FactAnswer]) -> "UpgradeFactsForm":
        """What is open or reworded, and what was given and is still asked."""
        is_open = {question.id for question in carried.scope_open}
        shown = is_open | {question.id for question in carried.scope_reworded} | given.keys()
        asked = visible_questions(edition.scope, carried.facts)
        questions = tuple(question for question in asked if question.id in shown)
        return cls(prefix=PREFIX, questions=questions, initial=_initial(questions, carried.facts, is_open))

    @property
    def shown(self) -> str:
        """The value of the field `SHOWN`."""
        return " ".join(question.id for question in self.questions)


def _questions(edition: Edition) -> tuple[ScopeQuestion, ...]:
    return tuple(question for screen in edition.scope.screens for question in screen.questions)


def _initial(
    questions: tuple[ScopeQuestion, ...], facts: Mapping[str, FactAnswer], is_open: Collection[str]
) -> dict[str, Any]:
    ticked = {question.id: facts[question.id] for question in questions if question.id in facts}
    for question in questions:
        if question.id in is_open and question.id in ticked:
            free = {option.id for option in question.options if not option.exclusive}
            ticked[question.id] = FactAnswer(ticked[question.id].options & free)
    return scope_initial(questions, {name: fact for name, fact in ticked.items() if fact.options or fact.not_sure})
