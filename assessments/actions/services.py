"""What can be done with an action. Every change is added to its history, and nobody's is overwritten unseen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import Organisation, User
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from assessments.actions.limits import (
    TEXTS,
    refuse_more_action_comments,
    refuse_more_actions,
    refuse_more_changes,
    refuse_more_text,
)
from assessments.models import LIVE_STATES, Action, ActionEvent, ActionEventKind, ActionState, ReminderChoice, Result

SENT_TWICE_WITHIN = timedelta(seconds=10)
COLUMNS = ("title", "state", "assignee_id", "assignee_name", "due", "note", "proof", "dropped_reason")


class ActionConflict(Exception):
    """Somebody changed the action after the page was made. `stored` is how it is now."""

    def __init__(self, stored: Action) -> None:
        super().__init__(str(stored.pk))
        self.stored = stored


class StepTakenAlready(ChangeRefused):
    """The same step is on the list already, or once more."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has taken on this step meanwhile. It is on the list already."))


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step of the plan: `title` is how it reads now, `result_id` in whose plan it was found."""

    question: str
    level: int
    title: str
    result_id: UUID


@dataclass(frozen=True, slots=True)
class ActionTerms:
    """Who does it, by when, and what to remember. Somebody with an account or a name, never both."""

    assignee: User | None = None
    assignee_name: str = ""
    due: date | None = None
    note: str = ""


@transaction.atomic
def take_step(*, organisation: Organisation, step: TakenStep, terms: ActionTerms, by: Actor, now: datetime) -> Action:
    """Put a step on the list. One that is there already stays as it is and is returned.

    Raises PlanIsFull, PlanIsTooLong.
    """
    lock_organisation_for(organisation.pk, by, Capability.ANSWER)
    there = Action.objects.filter(organisation=organisation, question=step.question, level=step.level)
    live = there.filter(state__in=LIVE_STATES).first()
    twice = there.filter(created_by=by.person, created_at__gt=now - SENT_TWICE_WITHIN).first()
    if live or twice:
        return live or twice  # type: ignore[return-value]
    # It may have been deleted while the form was open.
    found = Result.objects.filter(pk=step.result_id, assessment__organisation=organisation).values_list("pk", flat=True)
    columns = {"question": step.question, "level": step.level, "taken_from_id": found.first()}
    return _make(organisation, ActionEventKind.TAKEN, step.title, terms, by, now, **columns)


@transaction.atomic
def add_own_task(*, organisation: Organisation, title: str, terms: ActionTerms, by: Actor, now: datetime) -> Action:
    """The same task sent twice in a row is one: the first is returned. Raises PlanIsFull, PlanIsTooLong."""
    lock_organisation_for(organisation.pk, by, Capability.ANSWER)
    own = Action.objects.filter(organisation=organisation, question="", title=title, created_by=by.person)
    twice = own.filter(created_at__gt=now - SENT_TWICE_WITHIN).first()
    return twice or _make(organisation, ActionEventKind.ADDED, title, terms, by, now)


@transaction.atomic
def change_action(
    *,
    action: Action,
    seen_version: int,
    title: str,
    state: ActionState,
    terms: ActionTerms,
    by: Actor,
    now: datetime,
) -> Action:
    """Of a live action: its terms, whether somebody has begun, and the words of an own task.

    Raises ActionConflict if somebody changed it since `seen_version`.
    """
    values: dict[str, Any] = {
        "state": state,
        "assignee_id": terms.assignee.pk if terms.assignee else None,
        "assignee_name": terms.assignee_name,
        "due": terms.due,
        "note": terms.note,
    }
    stored = _stored(action, by)
    if not stored.is_step:
        values["title"] = title
    if not stored.is_live:
        raise ActionConflict(stored)
    _store(stored, ActionEventKind.CHANGED, values, seen_version, by, now)
    if terms.assignee:
        _let_be_reminded(terms.assignee)
    return stored


@transaction.atomic
def finish_action(*, action: Action, seen_version: int, proof: str, by: Actor, now: datetime) -> Action:
    """It is done. `proof` says where one can see it; it may be empty. What is done already stays as it is."""
    stored = _stored(action, by)
    if stored.state == ActionState.DONE:
        return stored
    values = {"state": ActionState.DONE, "proof": proof, "dropped_reason": "", "finished_at": now}
    return _store(stored, ActionEventKind.DONE, values, seen_version, by, now)


@transaction.atomic
def drop_action(*, action: Action, seen_version: int, reason: str, by: Actor, now: datetime) -> Action:
    """It is not for this business. What is dropped already stays as it is."""
    stored = _stored(action, by)
    if stored.state == ActionState.DROPPED:
        return stored
    values = {"state": ActionState.DROPPED, "dropped_reason": reason, "finished_at": now}
    return _store(stored, ActionEventKind.DROPPED, values, seen_version, by, now)


@transaction.atomic
def reopen_action(*, action: Action, by: Actor, now: datetime) -> Action:
    """Back on the list; a live action stays as it is.

    Raises StepTakenAlready if the same step is there once more, PlanIsFull if too many actions are to be done.
    """
    stored = _stored(action, by)
    if stored.is_live:
        return stored
    same = Action.objects.filter(organisation=stored.organisation_id, question=stored.question, level=stored.level)
    if stored.is_step and same.filter(state__in=LIVE_STATES).exists():
        raise StepTakenAlready
    refuse_more_actions(stored.organisation_id, live_alone=True)
    values = {"state": ActionState.OPEN, "dropped_reason": "", "finished_at": None}
    return _store(stored, ActionEventKind.REOPENED, values, stored.version, by, now)


@transaction.atomic
def comment_on_action(*, action: Action, text: str, by: Actor, now: datetime) -> ActionEvent:
    """By whoever may comment. The same words sent twice in a row are one comment: the first is returned.

    Raises TooManyActionComments.
    """
    lock_organisation_for(action.organisation_id, by, Capability.COMMENT)
    own = ActionEvent.objects.filter(action=action, kind=ActionEventKind.COMMENTED, by=by.person, text=text)
    twice = own.filter(at__gt=now - SENT_TWICE_WITHIN).first()
    if twice:
        return twice
    refuse_more_action_comments(action)
    made = {"action": action, "kind": ActionEventKind.COMMENTED, "by": by.person, "text": text, "at": now}
    return ActionEvent.objects.create(**made)


def _make(
    organisation: Organisation,
    kind: ActionEventKind,
    title: str,
    terms: ActionTerms,
    by: Actor,
    now: datetime,
    **columns: Any,
) -> Action:
    refuse_more_actions(organisation.pk)
    refuse_more_text(organisation.pk, len(title) + len(terms.note))
    action = Action.objects.create(
        organisation=organisation,
        title=title,
        assignee=terms.assignee,
        assignee_name=terms.assignee_name,
        due=terms.due,
        note=terms.note,
        created_by=by.person,
        created_at=now,
        changed_at=now,
        **columns,
    )
    ActionEvent.objects.create(action=action, kind=kind, by=by.person, at=now)
    if terms.assignee:
        _let_be_reminded(terms.assignee)
    return action


def _stored(action: Action, by: Actor) -> Action:
    """As it is now: whoever changes something of the organisation's plan waits here for the others."""
    lock_organisation_for(action.organisation_id, by, Capability.ANSWER)
    return Action.objects.select_related("assignee").get(pk=action.pk)


def _store(
    stored: Action, kind: ActionEventKind, values: dict[str, Any], seen_version: int, by: Actor, now: datetime
) -> Action:
    """Nothing that is as it was is a change, nor a conflict. Raises TooManyActionChanges and PlanIsTooLong."""
    before = {column: getattr(stored, column) for column in values}
    changed = {column for column in values if before[column] != values[column]}
    if not changed:
        return stored
    if stored.version != seen_version:
        raise ActionConflict(stored)
    refuse_more_changes(stored, by=by.person, now=now)
    more = sum(len(values[column]) - len(before[column]) for column in TEXTS if column in changed)
    refuse_more_text(stored.organisation_id, more)
    for column, value in values.items():
        setattr(stored, column, value)
    stored.version += 1
    stored.changed_at = max(now, stored.created_at)
    stored.save(update_fields=[*changed, "version", "changed_at"])
    kept = {column: [_plain(before[column]), _plain(values[column])] for column in COLUMNS if column in changed}
    ActionEvent.objects.create(action=stored, kind=kind, by=by.person, at=now, changes=kept)
    return stored


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _let_be_reminded(person: User) -> None:
    """The scheduler adds no such rows: the link that stops mails has to be there before the first one is written."""
    ReminderChoice.objects.get_or_create(person=person)
