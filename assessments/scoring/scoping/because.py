"""Which answers of a business lead to a tag, or rule it out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessments.bank.conditions import Clause, Condition
from assessments.bank.logic import TAG_PREFIX, ScopeLogic, Truth, truth_of, truth_of_clause
from assessments.bank.scope_types import Scope, ScopeOption, ScopeQuestion, Tag
from assessments.scoring.scope import ScopeFacts, scope_logic

# Before the id of an option: it was not chosen.
NOT = "-"


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A scope question and those of the options chosen there that matter.

    `not_chosen` are options that would matter, of a question with several answers at which others were chosen: what
    was chosen instead decides nothing.
    """

    question: ScopeQuestion
    options: tuple[ScopeOption, ...]
    not_chosen: tuple[ScopeOption, ...] = ()


def said_facts(scope: Scope, facts: ScopeFacts, tag_id: str) -> tuple[SaidFact, ...]:
    """In the order of the wizard. Empty while the tag is to be checked: then nothing that was said decides it."""
    return _Because(scope, facts).of(tag_id)


class _Because:
    def __init__(self, scope: Scope, facts: ScopeFacts) -> None:
        self._facts = facts
        self._logic: ScopeLogic = scope_logic(scope, facts)
        self._tags: Mapping[str, Tag] = {tag.id: tag for tag in scope.tags}
        self._questions = {question.id: question for screen in scope.screens for question in screen.questions}

    def of(self, tag_id: str) -> tuple[SaidFact, ...]:
        chosen = set(self._of_name(TAG_PREFIX + tag_id))
        found = (
            SaidFact(
                question,
                tuple(own for own in question.options if (question.id, own.id) in chosen),
                tuple(own for own in question.options if (question.id, NOT + own.id) in chosen),
            )
            for question in self._questions.values()
        )
        return tuple(own for own in found if own.options or own.not_chosen)

    def _of_name(self, name: str) -> Iterator[tuple[str, str]]:
        truth = self._logic.look(name)
        if truth is Truth.MAYBE:
            return
        if name.startswith(TAG_PREFIX):
            for rule in self._tags[name.removeprefix(TAG_PREFIX)].set_when:
                if truth is Truth.NO or truth_of(rule.when, self._logic.look) is Truth.YES:
                    yield from self._of_condition(rule.when)
        else:
            question_id, _, option = name.partition(".")
            yield from self._of_option(question_id, option, truth)

    def _of_option(self, question_id: str, option: str, truth: Truth) -> Iterator[tuple[str, str]]:
        question = self._questions[question_id]
        if truth is Truth.YES:
            yield question_id, option
        elif self._logic.asked(question) is Truth.NO:
            yield from self._of_condition(question.asked_when)
        elif question.many and not self._says_none(question):
            yield question_id, NOT + option
        else:
            yield from ((question_id, own) for own in self._facts[question_id].options)

    def _says_none(self, question: ScopeQuestion) -> bool:
        """Whether "none of these" was chosen, which speaks for itself."""
        return any(own.exclusive for own in question.options if own.id in self._facts[question.id].options)

    def _of_condition(self, condition: Condition) -> Iterator[tuple[str, str]]:
        """What makes it true, or what makes every clause of it false."""
        truth = truth_of(condition, self._logic.look)
        for clause in condition.clauses:
            if truth_of_clause(clause, self._logic.look) is truth:
                yield from self._of_true(clause) if truth is Truth.YES else self._of_false(clause)

    def _of_true(self, clause: Clause) -> Iterator[tuple[str, str]]:
        look = self._logic.look
        for name in (*clause.all, *(own for own in clause.any if look(own) is Truth.YES), *clause.none):
            yield from self._of_name(name)

    def _of_false(self, clause: Clause) -> Iterator[tuple[str, str]]:
        """One reason is enough: the first."""
        look = self._logic.look
        needed = [name for name in clause.all if look(name) is Truth.NO]
        unwanted = [name for name in clause.none if look(name) is Truth.YES]
        for name in (needed + unwanted)[:1] or clause.any:
            yield from self._of_name(name)
