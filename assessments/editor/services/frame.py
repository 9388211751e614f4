"""What a draft keeps in its frame: laws, authorities, dates, labels of results, and the answer "I don't know".

These items have no rows, so no counter of saves either. The version of an item is a number made from its content:
editors of different items never get in each other's way.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction

from accounts.models import User
from assessments.bank.laws import Authority, KeyDate, Law
from assessments.bank.types import Edition, Label, UnknownAnswer
from assessments.editions.frame import Frame, read_frame
from assessments.editor.errors import EditConflict, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.models import ChangedThing, ChangeVerb, EditionRow
from assessments.results.json_values import unstructure

Value = TypeVar("Value")
Items = Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class FramePart(Generic[Value]):
    """One kind of item. `name` is the first word of its code in the history; `code` the rest.

    `items` gives them by key, in order; `put` the fields of a frame that hold them; `users` says what refers to one.
    """

    name: str
    items: Callable[[Frame | Edition], Items[Value]]
    put: Callable[[Items[Value]], dict[str, Any]]
    code: Callable[[Value], str]
    users: Callable[[Frame | Edition, str], list[str]] = lambda _frame, _key: []


def _dates_by_place(frame: Frame | Edition) -> Items[KeyDate]:
    """They have no code; their places count from 1."""
    return {str(place): date for place, date in enumerate(frame.dates, 1)}


def _users_of_authority(frame: Frame | Edition, code: str) -> list[str]:
    """Names of the laws, and texts of the scope's options, that name it."""
    laws = [law.name for law in frame.laws if code in {law.authority, *(r.authority for r in law.authority_else)}]
    questions = [question for screen in frame.scope.screens for question in screen.questions]
    options = [option for question in questions for option in question.options]
    return laws + [option.text for option in options if code in (option.authority, option.cyber, option.police)]


LAWS: FramePart[Law] = FramePart(
    name="law",
    items=lambda frame: {law.code: law for law in frame.laws},
    put=lambda items: {"laws": tuple(items.values())},
    code=lambda law: law.code,
)
AUTHORITIES: FramePart[Authority] = FramePart(
    name="authority",
    items=lambda frame: frame.authorities or {},
    put=lambda items: {"authorities": dict(items)},
    code=lambda authority: authority.code,
    users=_users_of_authority,
)
DATES: FramePart[KeyDate] = FramePart(
    name="date",
    items=_dates_by_place,
    put=lambda items: {"dates": tuple(sorted(items.values(), key=lambda date: date.day))},
    code=lambda date: f"{date.day.isoformat()} {date.law}",
)
LABELS: FramePart[Label] = FramePart(
    name="label",
    items=lambda frame: {label.code: label for label in frame.labels},
    put=lambda items: {"labels": tuple(items.values())},
    code=lambda label: label.code,
)
UNKNOWN: FramePart[UnknownAnswer] = FramePart(
    name="unknown",
    items=lambda frame: {"answer": frame.unknown or UnknownAnswer("", "")},
    put=lambda items: {"unknown": items["answer"]},
    code=lambda _answer: "",
)


def content_version(value: object) -> int:
    """Equal for equal content; small enough for a field of whole numbers."""
    content = json.dumps(unstructure(value), sort_keys=True)
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:6])


@transaction.atomic
def save_frame_item(
    *, part: FramePart[Value], draft: EditionRow, key: str, value: Value, seen_version: int, by: User, now: datetime
) -> None:
    """Saving what is stored already changes nothing, whatever the version.

    Raises EditConflict when someone saved another version, GoneMeanwhile when it was removed.
    """
    edit = DraftEdit(hold(draft, by), by, now)
    frame = read_frame(edit.draft.frame)
    items = part.items(frame)
    if key not in items:
        raise GoneMeanwhile(part.code(value))
    stored = items[key]
    if value == stored:
        return
    _refuse_other_version(stored, seen_version)
    _store(edit, part, frame, {**items, key: value})
    edit.record(ChangeVerb.CHANGED, ChangedThing.EDITION, _code(part, value), before=stored, after=value)


@transaction.atomic
def add_frame_item(
    *, part: FramePart[Value], draft: EditionRow, key: str, value: Value, by: User, now: datetime
) -> None:
    """After all others. Raises NameTaken for a key in use; without a key, what is there already is not added again."""
    edit = DraftEdit(hold(draft, by), by, now)
    frame = read_frame(edit.draft.frame)
    items = part.items(frame)
    if not key and value in items.values():
        return
    if key in items:
        raise NameTaken(key)
    _store(edit, part, frame, {**items, key: value})
    edit.record(ChangeVerb.ADDED, ChangedThing.EDITION, _code(part, value), after=value)


@transaction.atomic
def remove_frame_item(
    *, part: FramePart[Value], draft: EditionRow, key: str, seen_version: int, by: User, now: datetime
) -> None:
    """A second click finds it gone and changes nothing. Raises EditConflict and StillInUse."""
    edit = DraftEdit(hold(draft, by), by, now)
    frame = read_frame(edit.draft.frame)
    items = part.items(frame)
    if key not in items:
        return
    stored = items[key]
    _refuse_other_version(stored, seen_version)
    users = part.users(frame, key)
    if users:
        raise StillInUse(part.code(stored), users)
    _store(edit, part, frame, {own: value for own, value in items.items() if own != key})
    edit.record(ChangeVerb.RETIRED, ChangedThing.EDITION, _code(part, stored), before=stored)


def _refuse_other_version(stored: object, seen_version: int) -> None:
    version = content_version(stored)
    if version != seen_version:
        raise EditConflict(stored, version)


def _store(edit: DraftEdit, part: FramePart[Value], frame: Frame, items: Items[Value]) -> None:
    edit.draft.frame = unstructure(replace(frame, **part.put(items)))
    edit.draft.save(update_fields=["frame"])


def _code(part: FramePart[Value], value: Value) -> str:
    return f"{part.name} {part.code(value)}".strip()
