"""Drafts of the shipped bank and the changes that tests make in them."""

from dataclasses import replace
from datetime import UTC, datetime

from accounts.models import User
from assessments.bank.types import ChecklistEntry, Question
from assessments.editions.stored import read_edition_rows
from assessments.editor.services.checklist import add_item
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.publishing import fingerprint, publish_draft
from assessments.editor.services.questions import retire_question, save_question
from assessments.models import EditionRow
from tests.runs import NOW

UNCOVERED = "S9-99"
# Later than every edition that tests publish.
LATER = datetime(2099, 1, 1, 12, tzinfo=UTC)


def copy_of_the_bank(source: EditionRow, by: User, code: str = "2026.1a") -> EditionRow:
    return start_draft(source=source, code=code, by=by, now=NOW)


def content_of(draft: EditionRow) -> str:
    """The fingerprint of its current content."""
    return fingerprint(draft, read_edition_rows(draft.pk))


def change(draft: EditionRow, by: User, question: Question, meaning: str = "") -> Question:
    version = draft.domains.get(code=question.domain).questions.get(code=question.id).version
    save_question(draft=draft, question=question, meaning=meaning, seen_version=version, by=by, now=NOW)
    return question


def reword(draft: EditionRow, by: User, code: str = "", meaning: str = "") -> Question:
    """Another first level: by default an answer given before has to be looked at again."""
    edition = read_edition_rows(draft.pk)
    question = edition.question[code] if code else edition.questions[0]
    levels = ("We have not begun with this yet.", *question.levels[1:])
    return change(draft, by, replace(question, levels=levels), meaning)


def retire(draft: EditionRow, by: User, code: str) -> None:
    version = draft.domains.get(questions__code=code).questions.get(code=code).version
    retire_question(draft=draft, code=code, seen_version=version, by=by, now=NOW)


def uncover(draft: EditionRow, by: User) -> str:
    """A checklist item that no question covers."""
    add_item(draft=draft, item=ChecklistEntry(UNCOVERED, "A new practice."), by=by, now=NOW)
    return UNCOVERED


def publish(draft: EditionRow, by: User) -> EditionRow:
    publish_draft(draft=draft, seen=content_of(draft), needs_second_person=False, by=by, now=LATER)
    draft.refresh_from_db()
    return draft
