"""What happened to actions, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from assessments.models import ActionEvent, ActionEventKind, ActionState
from assessments.wording.phrases import date_text

# An empty set would be no query at all, and the page would cost one more with the first change of a person.
NOBODY = -1
Names = Mapping[Any, str]


@dataclass(frozen=True, slots=True)
class EventLine:
    """ "Amélie" "Changed it"; `changes` has a sentence for each column, `text` is a comment."""

    at: datetime
    who: str
    what: str
    about: str
    changes: tuple[str, ...]
    text: str


def event_lines(events: Sequence[ActionEvent]) -> tuple[EventLine, ...]:
    """In the order given; one query for the names of everybody in them."""
    keys = {key for event in events for key in event.changes.get("assignee_id", ()) if key}
    names = {person.pk: str(person) for person in User.objects.filter(pk__in=keys or {NOBODY})}
    return tuple(
        EventLine(
            at=event.at,
            who=str(event.by),
            what=str(ActionEventKind(event.kind).label),
            about=event.action.title,
            changes=tuple(_changes(event.changes, names)),
            text=event.text,
        )
        for event in events
    )


def _changes(changes: Mapping[str, Sequence[Any]], names: Names) -> Iterable[str]:
    labels = {
        "title": _("Task"),
        "state": _("How far"),
        "assignee_id": _("Person"),
        "assignee_name": _("Name"),
        "due": _("Date"),
        "note": _("Note"),
        "proof": _("Where one can see it"),
        "dropped_reason": _("Reason"),
    }
    for column, (before, after) in changes.items():
        yield _("%(what)s: %(before)s → %(after)s") % {
            "what": labels[column],
            "before": _value(column, before, names),
            "after": _value(column, after, names),
        }


def _value(column: str, value: Any, names: Names) -> str:
    if value in (None, ""):
        return "–"
    if column == "assignee_id":
        return names.get(value, _("former member"))
    if column == "due":
        return date_text(date.fromisoformat(value))
    return str(ActionState(value).label) if column == "state" else str(value)
