"""Once a month at most: which answers of long ago are worth another look.

Only members of the business itself who may answer are told, and only while no assessment is under way. Whether anything
is due is looked at when the mail is written.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, Organisation
from accounts.permissions import CAPABILITIES, Capability, Role
from assessments.actions.reminder_choices import time_zone_of
from assessments.actions.reminder_mail import DueAgain, hand_over, look_again_mail
from assessments.actions.reminders import MORNING
from assessments.models import ActionReminder, Assessment, AssessmentState, NewestResult, ReminderChoice
from assessments.planning.asked_again import GATES_AGAIN
from assessments.standing_answers import standing_figure

EVERY = timedelta(days=30)
MAY_ANSWER = [role for role in Role if Capability.ANSWER in CAPABILITIES[role]]


def send_look_again(*, now: datetime) -> int:
    """Write to everybody in whose organisations answers are due again; returns how many mails were handed over.

    Within the first hour of somebody's morning: what is due then is due all day, and working it out again and again
    would cost more than it brings.
    """
    if not settings.MAIL_CONFIGURED:
        return 0
    line, sent = get_connection(), 0
    for choice in _asked(now):
        if now.astimezone(time_zone_of(choice)).hour == MORNING and _due(choice, now):
            line.open()
            sent += _tell(choice.person_id, now, line)
    line.close()
    return sent


def _asked(now: datetime) -> QuerySet[ReminderChoice]:
    """Those who have not stopped it, were not told within a month, and may answer for somebody."""
    told = ActionReminder.objects.filter(person=OuterRef("person"), sent_at__gt=now - timedelta(hours=20))
    return ReminderChoice.objects.filter(
        Q(asked_again_at=None) | Q(asked_again_at__lte=now - EVERY),
        ~Exists(told),
        Exists(Membership.objects.filter(user=OuterRef("person"), role__in=MAY_ANSWER)),
        stopped_at=None,
        person__is_active=True,
    ).select_related("person")


def _due(choice: ReminderChoice, now: datetime) -> list[DueAgain]:
    day = now.astimezone(time_zone_of(choice)).date()
    found = []
    for organisation in _waiting(choice, now):
        figure = standing_figure(organisation)
        due = figure.due(day) if figure else ()
        if due:
            found.append(DueAgain(organisation, len(due), sum(each.gate is not None for each in due)))
    return found


def _waiting(choice: ReminderChoice, now: datetime) -> Iterable[Organisation]:
    """Their organisations with a result of some age and no assessment under way."""
    old = NewestResult.objects.filter(organisation=OuterRef("pk"), summary__result__finished_at__lte=now - GATES_AGAIN)
    under_way = Assessment.objects.filter(organisation=OuterRef("pk")).exclude(state=AssessmentState.FINISHED)
    return Organisation.objects.filter(
        Exists(old),
        ~Exists(under_way.order_by()),
        deletion_due_at=None,
        memberships__user=choice.person_id,
        memberships__role__in=MAY_ANSWER,
    ).order_by("name", "pk")


def _tell(person: int, now: datetime, line: BaseEmailBackend) -> int:
    """Read anew under the person's lock, and noted before it is handed over: a month without a mail beats two."""
    with transaction.atomic():
        locked = ReminderChoice.objects.select_for_update().filter(person=person).first()
        choice = _asked(now).filter(person=person).first() if locked else None
        due = _due(choice, now) if choice else []
        if choice is None or not due:
            return 0
        ReminderChoice.objects.filter(person=person).update(asked_again_at=now)
    return hand_over(line, look_again_mail(choice, due))
