"""Reminders: what is due is told once, in the person's morning, and nothing that is no longer theirs."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Organisation, User
from accounts.services.retention import delete_outlived
from assessments.actions.reminder_choices import remember_time_zone, set_reminders, stop_reminders, time_zone_names
from assessments.actions.reminders import (
    DAYS_AFTER,
    DAYS_BEFORE,
    reminder_due,
)
from assessments.models import ActionReminder, ReminderChoice, ReminderKind, Result
from assessments.tasks import send_due_reminders
from tests.actions.plans import AT, TODAY, day, own_task, sent, taken
from tests.collaboration import consultant
from tests.factories import member

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _mail(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True


def at(number: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, number, hour, tzinfo=UTC)


def test_before_the_day_on_the_day_and_no_more(result: Result, owner: User) -> None:
    taken(result, assignee=owner, due=day(10))
    told = [number for number in range(1, 31) if any(sent(at(number, hour)) for hour in (5, 8, 12, 23))]
    assert told == [7, 10]
    assert list(ActionReminder.objects.order_by("due", "sent_at").values_list("kind", flat=True)) == ["soon", "due"]


def test_one_mail_about_all_of_it(result: Result, owner: User) -> None:
    step = taken(result, assignee=owner, due=day(4))
    own_task(result.assessment.organisation, owner, "Tell Zoë that her salary is wrong", assignee=owner, due=day(3))
    (message,) = sent(at(3))
    assert message.to == [owner.email]
    assert message.subject == "Dates in your plan: 2 steps"
    assert step.title in message.body
    assert "By tomorrow, 4 December 2026" in message.body
    assert "A task of your own" in message.body
    assert "salary" not in message.body
    assert f"/organisations/{result.assessment.organisation_id}/plan/" in message.body


def test_in_the_persons_own_morning(result: Result, owner: User) -> None:
    taken(result, assignee=owner, due=day(10))
    set_reminders(person=owner, wanted=True, time_zone="Pacific/Auckland", now=AT)
    auckland = ZoneInfo("Pacific/Auckland")
    assert not sent(datetime(2026, 12, 7, 6, 59, tzinfo=auckland))
    assert sent(datetime(2026, 12, 7, 7, 0, tzinfo=auckland))
    assert not sent(datetime(2026, 12, 9, 23, 59, tzinfo=auckland))
    assert sent(datetime(2026, 12, 10, 7, 0, tzinfo=auckland))


def test_a_scheduler_that_stood_still_makes_up_for_it(result: Result, owner: User) -> None:
    taken(result, assignee=owner, due=day(10))
    (message,) = sent(at(10 + DAYS_AFTER))
    assert "Was planned for 10 December 2026. Still of use? Choose a new date." in message.body
    taken(result, 1, assignee=owner, due=day(10))
    assert not sent(at(10 + DAYS_AFTER + 1))


def test_not_what_was_set_today(result: Result, owner: User) -> None:
    taken(result, assignee=owner, due=day(5), now=at(4))
    assert not sent(at(4, 12))
    assert sent(at(5))


def test_the_scheduler_runs_them(settings: LazySettings) -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert send_due_reminders.name in scheduled
    assert settings.CELERY_TASK_ROUTES[send_due_reminders.name] == {"queue": "retention"}
    send_due_reminders()


def test_without_mail_nothing_is_noted(result: Result, owner: User, settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = False
    taken(result, assignee=owner, due=day(3))
    assert not sent(at(3))
    assert not ActionReminder.objects.exists()


class _Away(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError


class _Refusing(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        if any("bad@" in message.to[0] for message in messages):
            raise ConnectionResetError
        return super().send_messages(messages)


def test_while_the_mail_server_is_away_nobody_counts_as_told(
    result: Result, owner: User, settings: LazySettings
) -> None:
    taken(result, assignee=owner, due=day(3))
    settings.EMAIL_BACKEND = f"{__name__}._Away"
    with pytest.raises(ConnectionRefusedError):
        sent(at(3))
    assert not ActionReminder.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sent(at(3, 10))


def test_one_address_that_fails_stops_nobody_elses_mail(result: Result, owner: User, settings: LazySettings) -> None:
    bad = member(result.assessment.organisation, email="bad@example.org")
    taken(result, assignee=bad, due=day(3))
    taken(result, 1, assignee=owner, due=day(3))
    settings.EMAIL_BACKEND = f"{__name__}._Refusing"
    assert [message.to for message in sent(at(3))] == [[owner.email]]
    assert sent(at(3, 10)) == [], "at most once: it may have arrived"


def test_a_reminder_is_noted_once(result: Result, owner: User) -> None:
    action = taken(result, assignee=owner, due=day(3))
    row = {"action": action, "person": owner, "due": day(3), "kind": ReminderKind.DUE, "sent_at": AT}
    ActionReminder.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionReminder.objects.create(**row)
    assert not sent(at(3))


def test_old_notes_are_deleted(result: Result, owner: User) -> None:
    taken(result, assignee=owner, due=day(3))
    sent(at(3))
    delete_outlived(now=at(3) + timedelta(days=89))
    assert ActionReminder.objects.count() == 1
    delete_outlived(now=at(3) + timedelta(days=92))
    assert not ActionReminder.objects.exists()
    assert not sent(at(3) + timedelta(days=92))


def test_an_organisation_that_is_about_to_go_reminds_nobody(result: Result, owner: User) -> None:
    taken(result, assignee=owner, due=day(3))
    Organisation.objects.update(deletion_due_at=at(5))
    assert not sent(at(3))


def test_a_consultant_hears_of_what_is_theirs_alone(result: Result, owner: User) -> None:
    adviser, colleague = consultant(result.assessment), consultant(result.assessment, name="Other")
    taken(result, assignee=adviser, due=day(3))
    taken(result, 1, assignee=owner, due=day(3))
    assert {message.to[0] for message in sent(at(3))} == {adviser.email, owner.email}
    assert colleague.email


def test_the_link_stops_them_without_signing_in(result: Result, owner: User, client: Client) -> None:
    taken(result, assignee=owner, due=day(3))
    (message,) = sent(at(3))
    (address,) = re.findall(r"<(.*)>", message.extra_headers["List-Unsubscribe"])
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    path = "/" + address.split("/", 3)[3]
    strict = Client(enforce_csrf_checks=True)
    assert "Stop the mails" in strict.get(path).content.decode()
    assert ReminderChoice.objects.get().stopped_at is None, "a link that is only looked at stops nothing"
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    first = ReminderChoice.objects.get().stopped_at
    assert first
    assert strict.post(path).status_code == 200
    assert ReminderChoice.objects.get().stopped_at == first
    taken(result, 1, assignee=owner, due=day(9))
    assert not sent(at(9))
    wrong = path.replace(path.split("/")[-3], "00000000-0000-4000-8000-000000000000")
    assert (strict.get(wrong).status_code, strict.post(wrong).status_code) == (404, 404)


def test_choosing_on_the_page(signed_in: Client, owner: User) -> None:
    assert "This site sends no e-mail" not in signed_in.get("/plan/reminders/").content.decode()
    assert signed_in.post("/plan/reminders/", {"time_zone": "Mars/Olympus"}).status_code == 422
    assert signed_in.post("/plan/reminders/", {"time_zone": "Asia/Kolkata"}).status_code == 302
    choice = ReminderChoice.objects.get(person=owner)
    assert choice.time_zone == "Asia/Kolkata"
    assert choice.stopped_at
    signed_in.post("/plan/reminders/", {"time_zone": "Asia/Kolkata", "wanted": "on"})
    assert ReminderChoice.objects.get(person=owner).stopped_at is None


def test_the_browsers_time_zone_replaces_none_that_was_chosen(owner: User) -> None:
    for sent_by_browser in ("'; DROP TABLE", "Mars/Olympus", ""):
        remember_time_zone(person=owner, time_zone=sent_by_browser)
    assert not ReminderChoice.objects.exists()
    remember_time_zone(person=owner, time_zone="Europe/Paris")
    remember_time_zone(person=owner, time_zone="Asia/Kolkata")
    assert ReminderChoice.objects.get().time_zone == "Europe/Paris"
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderChoice.objects.update(time_zone="not a zone")
    assert max(map(len, time_zone_names())) <= 40


def test_a_stop_key_of_nobody(owner: User) -> None:
    choice = ReminderChoice.objects.create(person=owner)
    assert stop_reminders(stop_key=choice.stop_key, now=AT)
    ReminderChoice.objects.all().delete()
    assert not stop_reminders(stop_key=choice.stop_key, now=AT)


@given(due=st.integers(-30, 30), changed=st.integers(-30, 0))
@settings(max_examples=200, deadline=None)
def test_a_date_asks_for_one_reminder_a_day_at_most(due: int, changed: int) -> None:
    today = TODAY
    kind = reminder_due(today + timedelta(days=due), today + timedelta(days=changed), today)
    if due > DAYS_BEFORE or due < -DAYS_AFTER:
        assert kind is None
    elif due <= 0:
        assert kind is ReminderKind.DUE
    else:
        assert (kind is ReminderKind.SOON) == (changed < 0)
