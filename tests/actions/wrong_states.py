"""For each constraint of the living plan a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Model

from assessments.models import Action, ActionEvent, ActionReminder, ReminderChoice
from tests.actions.plans import AT, TODAY
from tests.factories import OrganisationFactory, member


def an_action(**values: Any) -> Action:
    """An own task, or with `question` and `level` a step; right but for `values`, and not stored."""
    organisation = values.pop("organisation", None) or OrganisationFactory.create()
    by = values.pop("created_by", None) or member(organisation)
    right = {"title": "Ask the landlord.", "created_at": AT, "changed_at": AT}
    return Action(organisation=organisation, created_by=by, **{**right, **values})


def _finished(**values: Any) -> Action:
    return an_action(**{"state": "done", "finished_at": AT, **values})


def _assigned() -> Action:
    row = an_action(assignee_name="Ina")
    row.assignee = row.created_by
    return row


def _step_twice() -> Action:
    first = an_action(question="ACCESS-02", level=2)
    first.save()
    return an_action(question="ACCESS-02", level=2, organisation=first.organisation, created_by=first.created_by)


def _event(**values: Any) -> ActionEvent:
    action = an_action()
    action.save()
    return ActionEvent(action=action, by=action.created_by, at=AT, **{"kind": "added", **values})


def _reminder(*, twice: bool = False, **values: Any) -> ActionReminder:
    action = an_action(due=TODAY)
    action.save()
    about = {"action": action, "person": action.created_by, "due": TODAY, "sent_at": AT}
    if twice:
        ActionReminder.objects.create(**about, kind="due")
    return ActionReminder(**about, **{"kind": "due", **values})


def _choice(**values: Any) -> ReminderChoice:
    return ReminderChoice(person=member(OrganisationFactory.create()), stop_key=uuid4(), **values)


WRONG: list[tuple[str, Callable[[], Model]]] = [
    ("action_state_known", lambda: an_action(state="asleep")),
    ("action_step_or_own_task", lambda: an_action(level=2)),
    ("action_step_or_own_task", lambda: an_action(question="ACCESS-02")),
    ("action_step_or_own_task", lambda: an_action(question="ACCESS-02", level=5)),
    ("action_step_or_own_task", lambda: an_action(question="ACCESS-02", level=0)),
    ("action_reason_exactly_for_dropped", lambda: _finished(state="dropped")),
    ("action_reason_exactly_for_dropped", lambda: an_action(dropped_reason="No.")),
    ("action_finished_has_time", lambda: an_action(state="done")),
    ("action_finished_has_time", lambda: an_action(finished_at=AT)),
    ("action_one_kind_of_assignee", _assigned),
    ("action_texts_within_length", lambda: an_action(title="")),
    ("action_texts_within_length", lambda: an_action(title="x" * 1_001)),
    ("action_texts_within_length", lambda: an_action(note="x" * 2_001)),
    ("action_texts_within_length", lambda: an_action(proof="x" * 501)),
    ("action_texts_within_length", lambda: _finished(state="dropped", dropped_reason="x" * 501)),
    ("action_times_in_order", lambda: an_action(changed_at=AT - timedelta(seconds=1))),
    ("action_times_in_order", lambda: an_action(version=0)),
    ("one_live_action_per_step", _step_twice),
    ("action_event_kind_known", lambda: _event(kind="forgot")),
    ("action_event_text_exactly_for_comments", lambda: _event(text="By the way.")),
    ("action_event_text_exactly_for_comments", lambda: _event(kind="commented")),
    ("action_event_text_exactly_for_comments", lambda: _event(kind="commented", text="x" * 2_001)),
    ("reminder_time_zone_is_a_name", lambda: _choice(time_zone="Europe/<Berlin>")),
    ("reminder_kind_known", lambda: _reminder(kind="much")),
    ("reminded_once", lambda: _reminder(twice=True)),
]
