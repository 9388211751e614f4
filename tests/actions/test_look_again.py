"""A mail about answers of long ago: once a month at most, to whoever may answer, and only while it is so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import Membership, Organisation, Role, User
from assessments.actions.look_again import send_look_again
from assessments.actions.reminder_choices import set_reminders
from assessments.models import ReminderChoice, Result
from assessments.services.runs import restart_assessment
from assessments.standing_answers import standing_figure
from tests.actions.plans import sent, taken
from tests.collaboration import consultant
from tests.factories import OrganisationFactory, member
from tests.runs import NOW, answer_again, finished_run

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Seven in the morning where the site is.
FINISHED = NOW.replace(hour=7, minute=5)


@pytest.fixture(autouse=True)
def _mail(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True


def told(now: datetime) -> list[EmailMessage]:
    mail.outbox.clear()
    assert send_look_again(now=now) == len(mail.outbox)
    return list(mail.outbox)


def test_after_90_days_and_not_twice_in_a_month(result: Result, owner: User) -> None:
    days = [day for day in range(0, 160) if told(FINISHED + day * DAY)]
    assert days == [91, 121, 151], "the result was finished later on its day"


def test_what_it_says(result: Result, owner: User, client: Client) -> None:
    (message,) = told(FINISHED + 91 * DAY)
    figure = standing_figure(result.assessment.organisation)
    assert figure
    due = figure.due((FINISHED + 91 * DAY).date())
    assert due
    assert all(each.gate for each in due)
    assert message.to == [owner.email]
    assert message.subject == f"Still true? {len(due)} answers"
    assert f"Boulangerie Lumière: {len(due)} answers were given some time ago." in message.body
    assert f"/organisations/{result.assessment.organisation_id}/again/" in message.body
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert client.post(urlsplit(stop).path).status_code == 200
    assert not told(FINISHED + 200 * DAY)


def test_only_in_the_first_hour_of_the_morning(result: Result, owner: User) -> None:
    set_reminders(person=owner, wanted=True, time_zone="Pacific/Auckland", now=NOW)
    hours = [hour for hour in range(24) if told((FINISHED + 95 * DAY).replace(hour=hour))]
    assert len(hours) == 1
    assert hours != [7]


def answer_all(result: Result, owner: User) -> None:
    figure = standing_figure(result.assessment.organisation)
    assert figure
    for each in figure.due((FINISHED + 91 * DAY).date()):
        answer_again(result.assessment, each.question.id, 2, by=owner, now=FINISHED + 91 * DAY)


def run_again(result: Result, owner: User) -> None:
    restart_assessment(finished=result.assessment, started_by=owner, now=NOW)


def make_viewer(result: Result, owner: User) -> None:
    member(result.assessment.organisation)
    Membership.objects.filter(user=owner).update(role=Role.VIEWER)


def leave(result: Result, owner: User) -> None:
    owner.memberships.all().delete()


def suspend(result: Result, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)


def stop(result: Result, owner: User) -> None:
    set_reminders(person=owner, wanted=False, time_zone="", now=NOW)


def give_up(result: Result, owner: User) -> None:
    Organisation.objects.update(deletion_due_at=NOW + 400 * DAY)


@pytest.mark.parametrize("change", [answer_all, run_again, make_viewer, leave, suspend, stop, give_up])
def test_nobody_who_need_not_look(result: Result, owner: User, change: Callable[[Result, User], None]) -> None:
    change(result, owner)
    assert not told(FINISHED + 91 * DAY)


def test_one_mail_about_all_of_ones_own(result: Result, owner: User) -> None:
    other = OrganisationFactory.create(name="Atelier Nord")
    Membership.objects.create(user=owner, organisation=other, role=Role.EDITOR)
    finished_run(other, levels=1, by=owner)
    (message,) = told(FINISHED + 91 * DAY)
    assert message.body.index("Atelier Nord:") < message.body.index("Boulangerie Lumière:")


def test_an_adviser_is_not_told_about_clients(result: Result, owner: User) -> None:
    adviser = consultant(result.assessment)
    ReminderChoice.objects.create(person=adviser)
    assert [message.to for message in told(FINISHED + 91 * DAY)] == [[owner.email]]


def test_not_on_a_day_with_another_mail(result: Result, owner: User) -> None:
    morning = FINISHED + 91 * DAY
    taken(result, assignee=owner, due=morning.date(), now=NOW)
    assert sent(morning)
    assert not told(morning)
    assert told(morning + DAY)
