"""An organisation with a finished run, and actions on its plan."""

from datetime import UTC, date, datetime
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage

from accounts.audit import Actor
from accounts.models import Organisation, User
from assessments.actions.reminders import send_reminders
from assessments.actions.services import ActionTerms, TakenStep, add_own_task, take_step
from assessments.models import Action, Result
from assessments.results.newest_plan import NewestPlan, newest_plan

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TODAY = AT.date()


def actor(person: User) -> Actor:
    return Actor(person, "192.0.2.7")


def plan_of(organisation: Organisation) -> NewestPlan:
    found = newest_plan(organisation)
    assert found is not None
    return found


def taken(result: Result, place: int = 0, *, by: User | None = None, now: datetime = AT, **terms: Any) -> Action:
    """The step at this place of the result's plan, on the list."""
    organisation = result.assessment.organisation
    plan = plan_of(organisation)
    entry = plan.entries[place]
    step = plan.step(entry.question, entry.level)
    assert step is not None
    return take_step(
        organisation=organisation,
        step=TakenStep(entry.question, entry.level, step.text, result.pk),
        terms=ActionTerms(**terms),
        by=actor(by or result.finished_by),
        now=now,
    )


def own_task(
    organisation: Organisation, by: User, title: str = "Ask the bank", now: datetime = AT, **terms: Any
) -> Action:
    return add_own_task(organisation=organisation, title=title, terms=ActionTerms(**terms), by=actor(by), now=now)


def sent(now: datetime) -> list[EmailMessage]:
    """What a run of the scheduler at this moment writes."""
    mail.outbox.clear()
    send_reminders(now=now)
    return list(mail.outbox)


def day(number: int) -> date:
    return date(2026, 12, number)
