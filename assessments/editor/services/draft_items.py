"""Saving, adding, moving and removing one item of a draft: the rules that domains, citations and checklist share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

from accounts.models import User
from assessments.bank.types import Question
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.ordering import Direction, last_place, swap_order
from assessments.editor.services.questions import rewrite_questions
from assessments.models import ChangedThing, ChangeVerb, EditionRow, QuestionRow

Row = TypeVar("Row", bound=models.Model)
Value = TypeVar("Value")


class DependentQuestions(NamedTuple):
    """Questions that change along with an item, and how."""

    rows: Iterable[QuestionRow]
    change: Callable[[Question], Question]


@dataclass(frozen=True, kw_only=True)
class DraftItemService(Generic[Row, Value]):
    """What can be done with one kind of item. Every method locks the draft and records the change in its history.

    `key` is the row's field that names an item within its edition; `columns` are the fields that a save writes.
    `to_row` makes an unsaved row for a place in the order. `users_of` gives the ids of the questions that use an
    item, which keep it from being removed; `dependents` the questions that follow a change from one value to another.
    """

    what: ChangedThing
    model: type[Row]
    key: str
    columns: tuple[str, ...]
    to_value: Callable[[Row], Value]
    to_row: Callable[[EditionRow, Value, int], Row]
    users_of: Callable[[EditionRow, Row], list[str]]
    dependents: Callable[[EditionRow, Row, Value, Value], DependentQuestions | None] = lambda *_: None
    name: str = ""
    """The field by which people know an item, where that is not its key."""
    ordered: bool = True

    @transaction.atomic
    def save(
        self, *, draft: EditionRow, find: dict[str, object], value: Value, seen_version: int, by: User, now: datetime
    ) -> Row:
        """`find` selects the row. Saving what is stored already changes nothing, whatever the version.

        Raises EditConflict when someone saved another version, GoneMeanwhile, and NameTaken for a key in use.
        """
        edit = DraftEdit(hold(draft, by), by, now)
        made = self.to_row(edit.draft, value, 0)
        key = self._key_of(made)
        found = self._rows(edit.draft).filter(**find).first()
        if found is None:
            raise GoneMeanwhile(key)
        stored = self.to_value(found)
        if value == stored:
            return found
        row: Any = found
        if row.version != seen_version:
            raise EditConflict(stored, row.version)
        if key != self._key_of(found) and self._exists(edit.draft, key):
            raise NameTaken(key)
        # Found before the row changes: those that refer to it by its old key could not be found afterwards.
        dependents = self.dependents(edit.draft, found, stored, value)
        for column in self.columns:
            setattr(row, column, getattr(made, column))
        row.version += 1
        row.save()
        edit.record(ChangeVerb.CHANGED, self.what, key, before=stored, after=value)
        if dependents:
            rewrite_questions(edit, dependents.rows, dependents.change)
        return found

    @transaction.atomic
    def add(self, *, draft: EditionRow, value: Value, by: User, now: datetime) -> Row:
        """After all others. Raises NameTaken for a key in use."""
        edit = DraftEdit(hold(draft, by), by, now)
        row = self.to_row(edit.draft, value, last_place(self._rows(edit.draft)) if self.ordered else 0)
        key = self._key_of(row)
        if self._exists(edit.draft, key):
            raise NameTaken(key)
        row.save()
        edit.record(ChangeVerb.ADDED, self.what, key, after=value)
        return row

    @transaction.atomic
    def move(self, *, draft: EditionRow, key: str, step: Direction, by: User, now: datetime) -> None:
        """One place up or down; nothing changes at the end of the list. Raises GoneMeanwhile."""
        edit = DraftEdit(hold(draft, by), by, now)
        rows = self._rows(edit.draft)
        row: Any = rows.filter(**{self.key: key}).first()
        if row is None:
            raise GoneMeanwhile(key)
        before = rows.filter(order__lt=row.order).count() + 1
        if swap_order(rows, row, step):
            edit.record(ChangeVerb.MOVED, self.what, key, before={"place": before}, after={"place": before + step})

    @transaction.atomic
    def remove(self, *, draft: EditionRow, find: dict[str, object], by: User, now: datetime) -> None:
        """Raises StillInUse. A second click finds it gone and changes nothing."""
        edit = DraftEdit(hold(draft, by), by, now)
        row = self._rows(edit.draft).filter(**find).first()
        if row is None:
            return
        users = self.users_of(edit.draft, row)
        if users:
            raise StillInUse(getattr(row, self.name or self.key), users)
        stored = self.to_value(row)
        row.delete()
        edit.record(ChangeVerb.RETIRED, self.what, self._key_of(row), before=stored)

    def _rows(self, draft: EditionRow) -> QuerySet[Row]:
        return self.model._default_manager.filter(edition=draft)

    def _exists(self, draft: EditionRow, key: str) -> bool:
        return self._rows(draft).filter(**{self.key: key}).exists()

    def _key_of(self, row: Row) -> str:
        return str(getattr(row, self.key))
