"""The registry of citations in a draft."""

from dataclasses import replace
from datetime import datetime

from accounts.models import User
from assessments.bank.laws import Citation
from assessments.bank.types import Duty, Question
from assessments.editions.stored import citation_of
from assessments.editor.services.draft_items import DependentQuestions, DraftItemService
from assessments.editor.services.questions import questions_in
from assessments.models import ChangedThing, CitationRow, EditionRow, QuestionRow
from assessments.services.bank_rows import citation_row


def users_of_citation(draft: EditionRow, label: str) -> list[str]:
    """Ids of the questions that cite it, by themselves or for a duty."""
    return [row.code for row in _users(draft, label)]


def _users(draft: EditionRow, label: str) -> list[QuestionRow]:
    return [
        row
        for row in questions_in(draft)
        if any(use.citation.label == label for use in row.citations.all())
        or any(label in duty.citations for duty in row.duties.all())
    ]


def _following_label(draft: EditionRow, row: CitationRow, old: Citation, new: Citation) -> DependentQuestions | None:
    if old.label == new.label:
        return None
    return DependentQuestions(_users(draft, old.label), lambda question: _renamed(question, old.label, new.label))


def _renamed(question: Question, old: str, new: str) -> Question:
    def duty_with(duty: Duty) -> Duty:
        return replace(duty, citations=tuple(new if label == old else label for label in duty.citations))

    return replace(
        question,
        duties=tuple(duty_with(duty) for duty in question.duties),
        citations=tuple(replace(use, label=new) if use.label == old else use for use in question.citations),
    )


CITATIONS = DraftItemService(
    what=ChangedThing.CITATION,
    model=CitationRow,
    key="label",
    columns=("label", "says", "law", "verification", "source", "unsettled"),
    to_value=citation_of,
    to_row=lambda draft, citation, order: citation_row(draft, citation),
    users_of=lambda draft, row: users_of_citation(draft, row.label),
    dependents=_following_label,
    ordered=False,
)


def save_citation(
    *, draft: EditionRow, pk: int, citation: Citation, seen_version: int, by: User, now: datetime
) -> CitationRow:
    """Questions and duties that name it follow it to a new label.

    Raises EditConflict when someone saved another version, GoneMeanwhile when it was removed, NameTaken for a label
    that another citation has.
    """
    return CITATIONS.save(draft=draft, find={"pk": pk}, value=citation, seen_version=seen_version, by=by, now=now)


def add_citation(*, draft: EditionRow, citation: Citation, by: User, now: datetime) -> CitationRow:
    """Raises NameTaken for a label that another citation has."""
    return CITATIONS.add(draft=draft, value=citation, by=by, now=now)


def remove_citation(*, draft: EditionRow, pk: int, by: User, now: datetime) -> None:
    """Only one that no question cites; else raises StillInUse. A second click finds it gone and changes nothing."""
    CITATIONS.remove(draft=draft, find={"pk": pk}, by=by, now=now)
