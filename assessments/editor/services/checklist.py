"""Items of the checklist in a draft."""

from datetime import datetime

from accounts.models import User
from assessments.bank.types import ChecklistEntry
from assessments.editions.stored import checklist_entry_of
from assessments.editor.services.draft_items import DraftItemService
from assessments.editor.services.ordering import Direction
from assessments.models import ChangedThing, ChecklistItem, EditionRow
from assessments.services.bank_rows import checklist_row


def item_of(row: ChecklistItem) -> ChecklistEntry:
    """The row as a value of the bank."""
    return checklist_entry_of(row)


def covering_questions(row: ChecklistItem) -> list[str]:
    """Ids of the questions that cover it, in order."""
    return list(row.coverage.order_by("question__code").values_list("question__code", flat=True))


ITEMS = DraftItemService(
    what=ChangedThing.CHECKLIST,
    model=ChecklistItem,
    key="code",
    columns=("text", "concerns"),
    to_value=item_of,
    to_row=checklist_row,
    users_of=lambda _draft, row: covering_questions(row),
)


def save_item(*, draft: EditionRow, item: ChecklistEntry, seen_version: int, by: User, now: datetime) -> ChecklistItem:
    """Raises EditConflict when someone saved another version, GoneMeanwhile when it was removed."""
    return ITEMS.save(draft=draft, find={"code": item.id}, value=item, seen_version=seen_version, by=by, now=now)


def add_item(*, draft: EditionRow, item: ChecklistEntry, by: User, now: datetime) -> ChecklistItem:
    """At the end of the list. Raises NameTaken."""
    return ITEMS.add(draft=draft, value=item, by=by, now=now)


def move_item(*, draft: EditionRow, code: str, step: Direction, by: User, now: datetime) -> None:
    """One place up or down. Raises GoneMeanwhile."""
    ITEMS.move(draft=draft, key=code, step=step, by=by, now=now)


def remove_item(*, draft: EditionRow, code: str, by: User, now: datetime) -> None:
    """Only one that no question covers; else raises StillInUse. A second click finds it gone and changes nothing."""
    ITEMS.remove(draft=draft, find={"code": code}, by=by, now=now)
