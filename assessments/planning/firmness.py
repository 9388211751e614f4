"""How firm the beginning of a plan is: would other steps stand there if a weight were one more or one less?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assessments.bank.types import Edition, Question
from assessments.scoring.evaluation.places import Order
from assessments.scoring.evaluation.plan_order import in_plan_order, todo_at
from assessments.scoring.sums import HEAVY
from assessments.scoring.terms import PreparedQuestion, prepare_questions
from assessments.scoring.types import ScoredResult, Todo

BEGINNING = 5
"""Steps whose firmness is looked at."""
Entries = Mapping[str, tuple[Order, Todo]]


def weights_that_matter(edition: Edition, result: ScoredResult, day: date) -> tuple[Question, ...]:
    """The questions for which a weight of one more or one less would bring other steps among the first five.

    In bank order; targets and all other weights stay as they are. None where the plan has no more than five entries,
    and none where it was stored in another order than that of today's rules.
    """
    levels = {todo.question.id: todo.level for todo in result.todo}
    asked = {
        own.question.id: own
        for _, questions in prepare_questions(edition, result.run, day).domains
        for own in questions
        if own.question.id in levels
    }
    placed = {name: todo_at(own, levels[name]) for name, own in asked.items()}
    entries = {name: entry for name, entry in placed.items() if entry}
    first = _first(entries)
    if len(levels) <= BEGINNING or first != {todo.question.id for todo in result.todo[:BEGINNING]}:
        return ()
    return tuple(own.question for own in asked.values() if _moves(own, levels[own.question.id], entries, first))


def _moves(asked: PreparedQuestion, level: int, entries: Entries, first: set[str]) -> bool:
    return any(_first({**entries, asked.question.id: moved}) != first for moved in _moved(asked, level))


def _moved(asked: PreparedQuestion, level: int) -> Iterator[tuple[Order, Todo]]:
    for weight in (asked.weight - 1, asked.weight + 1):
        entry = todo_at(replace(asked, weight=weight), level) if 1 <= weight <= HEAVY else None
        if entry:
            yield entry


def _first(entries: Entries) -> set[str]:
    return {todo.question.id for todo in in_plan_order(entries.values())[:BEGINNING]}
