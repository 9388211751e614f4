"""Reminders of dates: a digest a day in the person's own morning, each date told once, and nothing that is not theirs.

Whether somebody is reminded is looked at when the mail is written, from the rows as they are then: what was done,
dropped, given to somebody else or taken out of their reach since the last mail is not in the next one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from accounts.models import User
from accounts.queries import organisation_ids_of
from assessments.actions.reminder_choices import time_zone_of
from assessments.actions.reminder_mail import DueAction, digest, hand_over
from assessments.models import LIVE_STATES, Action, ActionReminder, ReminderChoice, ReminderKind

MORNING = 7
"""No mail before this hour where the person is."""
DAYS_BEFORE = 3
DAYS_AFTER = 6
"""A scheduler that stood still makes up for the day itself within so many days."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Reminded:
    """A person with their choice, their present day, and the actions given to them."""

    person: User
    choice: ReminderChoice
    today: date
    actions: Sequence[Action]


def send_reminders(*, now: datetime) -> int:
    """Write to everybody who has something due; returns how many mails were handed over.

    The connection is opened before anything is noted as told: while the mail server is away nobody is, and the next
    run tries again. What it refuses after that is logged and not tried again.
    """
    if not settings.MAIL_CONFIGURED:
        return 0
    line, sent = get_connection(), 0
    for person in [each.person.pk for each in _people(now) if _due(each)]:
        line.open()
        sent += _remind(person, now, line)
    line.close()
    return sent


def reminder_due(due: date, changed_on: date, today: date) -> ReminderKind | None:
    """Which reminder a date asks for on this day.

    Before the day not for what was changed today: whoever did it has just seen the date.
    """
    days = (due - today).days
    if -DAYS_AFTER <= days <= 0:
        return ReminderKind.DUE
    return ReminderKind.SOON if 0 < days <= DAYS_BEFORE and changed_on < today else None


def _people(now: datetime, person: int | None = None) -> Iterable[_Reminded]:
    """Those for whom it is past seven, with every action of theirs that has a date near today."""
    near = (now.date() - timedelta(days=DAYS_AFTER + 2), now.date() + timedelta(days=DAYS_BEFORE + 2))
    rows = Action.objects.filter(
        state__in=LIVE_STATES,
        due__range=near,
        assignee__is_active=True,
        assignee__reminder_choice__isnull=False,
        assignee__reminder_choice__stopped_at__isnull=True,
        organisation__deletion_due_at__isnull=True,
    )
    own = rows if person is None else rows.filter(assignee=person)
    found = own.select_related("organisation", "assignee__reminder_choice").order_by("assignee", "due", "created_at")
    for assignee, actions in groupby(found, key=lambda action: action.assignee):
        if assignee is None:
            continue
        here = now.astimezone(time_zone_of(assignee.reminder_choice))
        if here.hour >= MORNING:
            yield _Reminded(assignee, assignee.reminder_choice, here.date(), list(actions))


def _due(each: _Reminded) -> list[DueAction]:
    """What has to be told to the person today, and was not told yet."""
    zone = time_zone_of(each.choice)
    visible = set(organisation_ids_of(each.person))
    told = set(
        ActionReminder.objects.filter(person=each.person, action__in=each.actions).values_list("action", "due", "kind")
    )
    found = []
    for action in each.actions:
        if action.due is None or action.organisation_id not in visible:
            continue
        kind = reminder_due(action.due, action.changed_at.astimezone(zone).date(), each.today)
        if kind and (action.pk, action.due, kind.value) not in told:
            found.append(DueAction(action, action.due, kind))
    return found


def _remind(person: int, now: datetime, line: BaseEmailBackend) -> int:
    """Read anew under the person's lock: two schedulers never write to them at the same time."""
    with transaction.atomic():
        if not _hold_person(person):
            return 0
        each = next(iter(_people(now, person)), None)
        due = _due(each) if each else []
        if each is None or not due or _told_today(each, now):
            return 0
        ActionReminder.objects.bulk_create(
            ActionReminder(action=item.action, person=each.person, due=item.due, kind=item.kind, sent_at=now)
            for item in due
        )
    return hand_over(line, digest(each.choice, due, each.today))


def _told_today(each: _Reminded, now: datetime) -> bool:
    """One mail a day: what falls due after it waits for the next morning."""
    zone = time_zone_of(each.choice)
    last = ActionReminder.objects.filter(person=each.person, sent_at__gt=now - 2 * A_DAY)
    return any(at.astimezone(zone).date() == each.today for at in last.values_list("sent_at", flat=True))


def _hold_person(person: int) -> bool:
    return ReminderChoice.objects.select_for_update().filter(person=person).exists()
