"""Whether every item of the checklist is asked of every business that it concerns."""

from collections.abc import Iterable

from assessments.bank.reach import Demand, Reach, reach_of
from assessments.bank.types import ChecklistEntry, Depth, Edition, Question

CORE = Depth.STANDARD
"""The depth that has to ask every item: more than the full run may cover it, but not the full run alone."""


def questions_about(edition: Edition, item: str) -> tuple[Question, ...]:
    """The questions that ask about an item of the checklist at any depth, in bank order."""
    return tuple(question for question in edition.questions if item in question.checklist)


def items_with_gaps(edition: Edition) -> tuple[ChecklistEntry, ...]:
    """The items that some business would not be asked about up to the standard depth, although they concern it.

    Searches all businesses that the scope questions can tell apart, not samples.
    """
    reach = reach_of(edition.scope)
    return tuple(
        entry
        for entry in edition.checklist.values()
        if leaves_a_gap(entry, early_questions(questions_about(edition, entry.id)), reach)
    )


def early_questions(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that are asked up to the standard depth."""
    return tuple(own for own in questions if own.depth.rank <= CORE.rank)


def leaves_a_gap(entry: ChecklistEntry, questions: Iterable[Question], reach: Reach) -> bool:
    """Whether some business that an item concerns is asked none of the questions. Every tag must be known."""
    nothing_asked = [Demand(own.applies_when, holds=False) for own in questions]
    return reach.possible([Demand(entry.concerns), *nothing_asked])
