"""The registry of citations in a draft."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.bank.types import Citation, Duty, Question, Verification
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.questions import questions_in, rewrite_questions
from assessments.models import ChangedThing, ChangeVerb, CitationRow, EditionRow, QuestionRow
from assessments.services.bank_rows import citation_row

CITATION = ChangedThing.CITATION


def citation_of(row: CitationRow) -> Citation:
    return Citation(row.label, row.says, row.law, Verification(row.verification), row.source)


@transaction.atomic
def save_citation(
    *, draft: EditionRow, pk: int, citation: Citation, seen_version: int, by: User, now: datetime
) -> CitationRow:
    """Questions and duties that name it follow it to a new label."""
    pen = DraftEdit(hold(draft), by, now)
    row = CitationRow.objects.filter(edition=pen.draft, pk=pk).first()
    if row is None:
        raise GoneMeanwhile(citation.label)
    stored = citation_of(row)
    if citation == stored:
        return row
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    if CitationRow.objects.filter(edition=pen.draft, label=citation.label).exclude(pk=pk).exists():
        raise NameTaken(citation.label)
    # Read before the label changes: what they cite by key would change unseen.
    users = _users(pen.draft, stored.label)
    row.label, row.says, row.law = citation.label, citation.says, citation.law
    row.verification, row.source = citation.verification.value, citation.source
    row.version += 1
    row.save()
    pen.record(ChangeVerb.CHANGED, CITATION, citation.label, before=stored, after=citation)
    if stored.label != citation.label:
        rewrite_questions(pen, users, lambda question: _renamed(question, stored.label, citation.label))
    return row


def _renamed(question: Question, old: str, new: str) -> Question:
    def duty_with(duty: Duty) -> Duty:
        return replace(duty, citations=tuple(new if label == old else label for label in duty.citations))

    return replace(
        question,
        duties=tuple(duty_with(duty) for duty in question.duties),
        citations=tuple(replace(use, label=new) if use.label == old else use for use in question.citations),
    )


@transaction.atomic
def add_citation(*, draft: EditionRow, citation: Citation, by: User, now: datetime) -> CitationRow:
    pen = DraftEdit(hold(draft), by, now)
    if CitationRow.objects.filter(edition=pen.draft, label=citation.label).exists():
        raise NameTaken(citation.label)
    row = citation_row(pen.draft, citation)
    row.save()
    pen.record(ChangeVerb.ADDED, CITATION, citation.label, after=citation)
    return row


@transaction.atomic
def remove_citation(*, draft: EditionRow, pk: int, by: User, now: datetime) -> None:
    """Only one that no question rests on. A second click finds it gone and changes nothing."""
    pen = DraftEdit(hold(draft), by, now)
    row = CitationRow.objects.filter(edition=pen.draft, pk=pk).first()
    if row is None:
        return
    users = users_of_citation(pen.draft, row.label)
    if users:
        raise StillInUse(row.label, users)
    stored = citation_of(row)
    row.delete()
    pen.record(ChangeVerb.RETIRED, CITATION, row.label, before=stored)


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
