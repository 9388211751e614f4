"""Items of the checklist in a draft."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.bank.sections import ChecklistText
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.ordering import Direction, last_place, swap_order
from assessments.models import ChangedThing, ChangeVerb, ChecklistItem, EditionRow

ITEM = ChangedThing.CHECKLIST


def item_of(row: ChecklistItem) -> ChecklistText:
    return ChecklistText(row.code, row.text)


@transaction.atomic
def save_item(*, draft: EditionRow, item: ChecklistText, seen_version: int, by: User, now: datetime) -> ChecklistItem:
    pen = DraftEdit(hold(draft), by, now)
    row = _find(pen.draft, item.id)
    stored = item_of(row)
    if item == stored:
        return row
    if row.version != seen_version:
        raise EditConflict(stored, row.version)
    row.text = item.text
    row.version += 1
    row.save()
    pen.record(ChangeVerb.CHANGED, ITEM, item.id, before=stored, after=item)
    return row


@transaction.atomic
def add_item(*, draft: EditionRow, item: ChecklistText, by: User, now: datetime) -> ChecklistItem:
    pen = DraftEdit(hold(draft), by, now)
    rows = ChecklistItem.objects.filter(edition=pen.draft)
    if rows.filter(code=item.id).exists():
        raise NameTaken(item.id)
    row = ChecklistItem.objects.create(edition=pen.draft, code=item.id, order=last_place(rows), text=item.text)
    pen.record(ChangeVerb.ADDED, ITEM, item.id, after=item)
    return row


@transaction.atomic
def move_item(*, draft: EditionRow, code: str, step: Direction, by: User, now: datetime) -> None:
    pen = DraftEdit(hold(draft), by, now)
    rows = ChecklistItem.objects.filter(edition=pen.draft)
    row = _find(pen.draft, code)
    before = rows.filter(order__lt=row.order).count() + 1
    if swap_order(rows, row, step):
        pen.record(ChangeVerb.MOVED, ITEM, code, before={"place": before}, after={"place": before + step})


@transaction.atomic
def remove_item(*, draft: EditionRow, code: str, by: User, now: datetime) -> None:
    """Only one that no question covers. A second click finds it gone and changes nothing."""
    pen = DraftEdit(hold(draft), by, now)
    row = ChecklistItem.objects.filter(edition=pen.draft, code=code).first()
    if row is None:
        return
    users = list(row.coverage.order_by("question__code").values_list("question__code", flat=True))
    if users:
        raise StillInUse(code, users)
    row.delete()
    pen.record(ChangeVerb.RETIRED, ITEM, code, before=item_of(row))


def _find(draft: EditionRow, code: str) -> ChecklistItem:
    row = ChecklistItem.objects.filter(edition=draft, code=code).first()
    if row is None:
        raise GoneMeanwhile(code)
    return row
