"""The plan as a calendar and as a table."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from accounts.models import AuditEvent, Organisation, User
from assessments.actions.services import ActionTerms, change_action, drop_action, finish_action
from assessments.models import ActionState, Result
from tests.actions.plans import AT, actor, day, own_task, taken

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def entries(client: Client, organisation: Organisation) -> list[Any]:
    response = client.get(reverse("plan_calendar", args=[organisation.pk]))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_the_calendar_keeps_its_ids(signed_in: Client, result: Result, organisation: Organisation, owner: User) -> None:
    action = taken(result, assignee=owner, due=day(3))
    own_task(organisation, owner, "No date")
    gone = own_task(organisation, owner, "Done with a date", due=day(4))
    finish_action(action=gone, seen_version=1, proof="", by=actor(owner), now=LATER)
    (before,) = entries(signed_in, organisation)
    assert (before["dtstart"].dt, before["dtend"].dt) == (day(3), day(4))
    assert str(before["summary"]) == action.title
    assert f"/organisations/{organisation.pk}/plan/" in str(before["description"])
    terms = ActionTerms(owner, "", day(9))
    given = {"title": "", "state": ActionState.OPEN, "terms": terms, "by": actor(owner), "now": LATER}
    change_action(action=action, seen_version=1, **given)  # type: ignore[arg-type]
    (after,) = entries(signed_in, organisation)
    assert after["uid"] == before["uid"] == f"{action.pk}@localhost"
    assert (after["sequence"], after["dtstart"].dt) == (2, day(9))
    first, second = (signed_in.get(reverse("plan_calendar", args=[organisation.pk])).content for _ in "ab")
    assert first == second, "the same plan is the same file"


def test_words_of_any_kind(signed_in: Client, organisation: Organisation, owner: User) -> None:
    title = 'Über\nlange; Zeilen, "Kommas" \\ und 🥐 ' + "x" * 300
    own_task(organisation, owner, title, due=day(3))
    (entry,) = entries(signed_in, organisation)
    assert str(entry["summary"]) == title


def test_tables_run_nothing(signed_in: Client, result: Result, organisation: Organisation, owner: User) -> None:
    own_task(organisation, owner, "=1+1", assignee_name="@cmd", due=day(3), note="+2\n-3")
    dropped = taken(result)
    drop_action(action=dropped, seen_version=1, reason="-1", by=actor(owner), now=LATER)
    text = signed_in.get(reverse("plan_export", args=[organisation.pk, "csv"])).content.decode("utf-8-sig")
    head, own, other = list(csv.reader(io.StringIO(text)))
    assert head[:4] == ["What", "State", "Who", "By when"]
    assert (own[0], own[2], own[3], own[5]) == ("'=1+1", "'@cmd", "2026-12-03", "'+2 -3")
    assert (other[1], other[7], other[9]) == ("Not for us", "'-1", dropped.question)
    book = load_workbook(io.BytesIO(signed_in.get(reverse("plan_export", args=[organisation.pk, "xlsx"])).content))
    cells = [list(row) for row in book["Plan"].iter_rows()]
    assert cells[1][0].value == "=1+1"
    assert cells[1][0].data_type == "s"
    assert cells[2][10].value == dropped.level
    assert signed_in.get(reverse("plan_export", args=[organisation.pk, "exe"])).status_code == 404


def test_what_leaves_is_on_record(signed_in: Client, organisation: Organisation, owner: User) -> None:
    signed_in.get(reverse("plan_calendar", args=[organisation.pk]))
    signed_in.head(reverse("plan_export", args=[organisation.pk, "csv"]))
    signed_in.get(reverse("plan_export", args=[organisation.pk, "csv"]))
    events = AuditEvent.objects.filter(kind="report_downloaded", actor=owner.pk).order_by("pk")
    assert [event.subject.rpartition(".")[2] for event in events] == ["ics", "csv"]
