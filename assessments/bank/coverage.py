"""Whether every item of the checklist is asked of every business that it concerns."""

from collections.abc import Iterator

from assessments.bank.reach import Demand, reach_of
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
    return tuple(_with_gaps(edition))


def _with_gaps(edition: Edition) -> Iterator[ChecklistEntry]:
    reach = reach_of(edition.scope)
    for entry in edition.checklist.values():
        asked = (own for own in questions_about(edition, entry.id) if own.depth.rank <= CORE.rank)
        nothing_asked = [Demand(own.applies_when, holds=False) for own in asked]
        if reach.possible([Demand(entry.concerns), *nothing_asked]):
            yield entry
