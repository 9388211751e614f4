"""How we keep our own rules, as everybody and as administrators see it."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OperatorRecord, RecordKind, User
from accounts.operations.records import write_record
from accounts.services.retention import delete_outlived
from assessments.own_rules import connections, pages
from assessments.own_rules.rules.table import OWN_RULES
from assessments.own_rules.site_facts import Connection, Protection
from reports.kinds.registry import WORKINGS
from reports.models import Report, ReportState
from reports.services import request_report
from tests.factories import ConsultancyFactory, UserFactory, member
from tests.pages import by_id, parse, sends, text_of
from tests.published_bank import without_stored_bank
from tests.runs import finished_run

pytestmark = pytest.mark.django_db
FULL = "/our-rules/in-full/"
NOW = timezone.now()


@pytest.fixture
def administrator() -> User:
    return UserFactory.create(is_staff=True, is_superuser=True, name="Ada")


@pytest.fixture
def signed_in(client: Client, administrator: User, edition_row: object) -> Client:
    client.force_login(administrator)
    return client


def given(**changed: str) -> dict[str, str]:
    return {"kind": "backup", "day": f"{timezone.localdate():%Y-%m-%d}", "open_count": "", "note": "", **changed}


def rule(page: str, code: str) -> str:
    """What the page in full says about one question."""
    article = re.search(rf'<article[^>]*aria-labelledby="rule-{code}">(.*?)</article>', page, re.DOTALL)
    assert article
    return " ".join(re.sub(r"<[^>]+>", " ", article[1]).split())


def test_a_new_site_is_answered_from_what_it_is(signed_in: Client) -> None:
    page = signed_in.get(FULL).text
    assert rule(page, "ACCESS-02").startswith("Yes Do people need a second proof")
    assert "1 of 1 people with rights of the site" in page
    assert rule(page, "STORE-05").startswith("Not yet Is your important data backed up")
    assert "Backup made: nothing is written down. We ask others for it once a week." in page
    assert "Database: stays on this machine." in page
    assert "The hourly deletion has not run yet." in page


@pytest.mark.parametrize(("policy", "said"), [("nobody", True), ("privileged", False), ("everybody", False)])
def test_whether_a_second_step_is_required_is_what_the_setting_says(
    signed_in: Client, settings: LazySettings, policy: str, said: bool
) -> None:
    settings.MFA_REQUIRED = policy
    assert ("Here nobody has to have one" in signed_in.get(FULL).text) is said


def test_the_pages_say_what_the_yardstick_says(signed_in: Client) -> None:
    full, public = signed_in.get(FULL).text, signed_in.get("/our-rules/").text
    for own in OWN_RULES:
        said = rule(full, own.code)
        for text in (own.does, own.task, *own.shown_by):
            assert str(text) in html.unescape(said), own.code
        assert str(own.does) in html.unescape(public), own.code


def test_what_is_written_down_answers_the_question_and_is_listed(signed_in: Client) -> None:
    response = signed_in.post(FULL, given(note="  42 minutes  "), follow=True)
    assert response.redirect_chain == [(FULL, 302)]
    assert "Written down: Backup made." in response.text
    assert rule(response.text, "STORE-05").startswith("Yes ")
    records = text_of(by_id(parse(response), "records"))
    assert records == "What was written down"
    row = OperatorRecord.objects.get()
    assert (row.kind, row.note, str(row.recorded_by)) == ("backup", "42 minutes", "Ada")
    assert "<td>Ada</td>" in response.text


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_who_has_lost_one_flag_is_no_administrator_any_more(signed_in: Client, flag: str) -> None:
    assert signed_in.get(reverse("bank_default")).status_code == 200
    User.objects.update(**{flag: False})
    for page in (FULL, reverse("bank_default")):
        assert signed_in.get(page).status_code == 403
    assert FULL not in signed_in.get("/our-rules/").text


def test_a_second_click_writes_nothing_twice(signed_in: Client) -> None:
    for _click in range(2):
        signed_in.post(FULL, given(kind="restore_test"))
    assert OperatorRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": ""}, "What was done: this is needed."),
        ({"kind": "holiday"}, "Select a valid choice"),
        ({"day": ""}, "When: this is needed."),
        ({"day": "yesterday"}, "Enter a date, such as 2027-03-31."),
        ({"day": "2999-01-01"}, "This day is still to come."),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"kind": "audit"}, "Enter how many weaknesses were found; 0 if none."),
        ({"kind": "audit", "open_count": "-1"}, "greater than or equal to 0"),
        ({"kind": "audit", "open_count": "many"}, "Enter how many were found, such as 0."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(signed_in: Client, changed: dict[str, str], said: str) -> None:
    response = signed_in.post(FULL, given(**{"note": "kept", **changed}))
    assert response.status_code == 422
    assert said in response.text
    form = sends(by_id(parse(response), "main"))
    assert form["note"] == [changed.get("note", "kept")]
    assert not OperatorRecord.objects.exists()


def test_a_count_belongs_to_a_comparison_alone(signed_in: Client) -> None:
    signed_in.post(FULL, given(kind="audit", open_count="2"))
    signed_in.post(FULL, given(kind="updates", open_count="3"))
    assert list(OperatorRecord.objects.order_by("pk").values_list("kind", "open_count")) == [
        ("audit", 2),
        ("updates", None),
    ]
    page = signed_in.get(FULL).text
    assert rule(page, "DEFEND-07").startswith("Partly ")
    assert "2 published weaknesses were found." in page


def test_an_older_day_is_its_beginning_and_overdue_things_are_named_first(signed_in: Client) -> None:
    day = timezone.localdate() - timedelta(days=500)
    page = signed_in.post(FULL, given(kind="exercise", day=f"{day:%Y-%m-%d}"), follow=True).text
    assert OperatorRecord.objects.get().happened_at.hour == 0
    assert page.index("Time to do again") < page.index("Incident plan played through: last") < page.index("Write down")
    assert rule(page, "INCIDENT-10").startswith("Partly ")


def test_a_wrong_record_is_withdrawn_and_stays_to_be_seen(signed_in: Client, administrator: User) -> None:
    record = write_record(kind=RecordKind.BACKUP, happened_at=NOW, by=None)
    other = UserFactory.create(is_staff=True, is_superuser=True, name="Bo")
    for person in (administrator, other):
        signed_in.force_login(person)
        page = signed_in.post(f"/our-rules/records/{record.pk}/withdraw/", follow=True).text
    assert rule(page, "STORE-05").startswith("Not yet ")
    assert "<s>Backup made</s>" in page
    assert "Withdrawn by Ada on" in page
    assert signed_in.post("/our-rules/records/999999/withdraw/").status_code == 404


def test_a_character_that_no_database_takes_is_refused(signed_in: Client) -> None:
    response = signed_in.post(FULL, given(note="a\0b"))
    assert response.status_code == 422
    assert "Null characters are not allowed" in response.text


def test_text_is_shown_as_typed(signed_in: Client) -> None:
    page = signed_in.post(FULL, given(note="<b>日本 🔑</b>"), follow=True).text
    assert "&lt;b&gt;日本 🔑&lt;/b&gt;" in page


def test_everybody_reads_what_is_done_without_figures(client: Client, signed_in: Client) -> None:
    finished = finished_run()
    report = request_report(
        result=finished, requested_by=finished.finished_by, language="en-gb", now=NOW, kind=WORKINGS
    )
    Report.objects.filter(pk=report.pk).update(state=ReportState.FAILED, error="time")
    member(ConsultancyFactory.create(), second_step=False)
    write_record(kind=RecordKind.AUDIT, happened_at=NOW, by=None, open_count=7)
    write_record(kind=RecordKind.RESTORE_TEST, happened_at=NOW, by=None, note="in the safe at Bo's")
    write_record(kind=RecordKind.KEYS, happened_at=NOW - timedelta(days=800), by=None)
    full = signed_in.get(FULL).text
    for told in ("1 report failed", "7 published weaknesses", "in the safe at", "1 of 2 people"):
        assert told in full
    page = Client().get("/our-rules/").text
    main = text_of(by_id(parse(page), "main"))
    assert "Backup restored as a test: within the past year." in main
    assert "Have you tested that you can get your data back from the backup?" in main
    for secret in ("failed", "weaknesses were", "safe at", "people with rights", "Not yet", "Partly", "Keys and"):
        assert secret not in main
    assert not re.search(r"\d", main), "no figure at all"
    assert "in-full" not in page


def test_administrators_find_the_full_page_and_everybody_the_public_one(signed_in: Client) -> None:
    page = signed_in.get("/our-rules/").text
    assert f'href="{FULL}"' in page
    assert 'href="/our-rules/"' in Client().get("/coverage/").text


def test_without_an_edition_both_pages_say_so(client: Client, administrator: User) -> None:
    without_stored_bank()
    assert "The questions are not loaded yet." in client.get("/our-rules/").text
    client.force_login(administrator)
    page = client.get(FULL)
    assert page.status_code == 200
    assert "publish an edition" in page.text


def test_the_deletion_that_ran_is_told(signed_in: Client) -> None:
    delete_outlived(now=timezone.now())
    page = signed_in.get(FULL).text
    assert "The hourly deletion ran today" in page
    assert rule(page, "DATA-06").startswith("Yes ")


def test_both_pages_take_the_same_number_of_queries_however_much_there_is(signed_in: Client) -> None:
    counts = []
    for more in (1, 2, 97):
        OperatorRecord.objects.bulk_create(
            OperatorRecord(kind="backup", happened_at=NOW, recorded_at=NOW, recorded_by=person)
            for person in UserFactory.create_batch(more, is_staff=True)
        )
        numbers = []
        for address in ("/our-rules/", FULL):
            with CaptureQueriesContext(connection) as queries:
                assert signed_in.get(address).status_code == 200
            numbers.append(len(queries))
        counts.append(tuple(numbers))
    assert len(set(counts)) == 1, counts
    assert len(re.findall(r"<tr>", signed_in.get(FULL).text)) == pages.MOST_OF_EACH + 1, "and the head"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("rediss://:secret@cache.example.org:6379/0", Protection.ENCRYPTED),
        ("redis://:secret@redis:6379/0", Protection.PLAIN),
        ("redis://127.0.0.1:6379/0", Protection.OWN_MACHINE),
        ("redis://localhost:6379/0", Protection.OWN_MACHINE),
        ("unix:///run/redis.sock", Protection.OWN_MACHINE),
        ("folder://localhost", Protection.OWN_MACHINE),
    ],
)
def test_how_a_service_is_reached(url: str, expected: Protection) -> None:
    assert connections.protection_of_url(url) is expected


def test_the_least_guarded_way_to_redis_counts(settings: LazySettings) -> None:
    settings.CELERY_BROKER_URL = "rediss://broker.example.org"
    settings.CACHES = {"default": {"BACKEND": connections.REDIS_CACHE, "LOCATION": "rediss://cache.example.org"}}
    assert connections.protections()[Connection.REDIS] is Protection.ENCRYPTED
    settings.CACHES = {"default": {"BACKEND": connections.REDIS_CACHE, "LOCATION": "redis://cache.example.org"}}
    assert connections.protections()[Connection.REDIS] is Protection.PLAIN
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    assert connections.protections()[Connection.REDIS] is Protection.ENCRYPTED


@pytest.mark.parametrize(
    ("changed", "connection_of", "expected"),
    [
        ({"MAIL_CONFIGURED": False}, Connection.MAIL, Protection.UNUSED),
        ({"MAIL_CONFIGURED": True, "EMAIL_USE_TLS": True}, Connection.MAIL, Protection.ENCRYPTED),
        (
            {"MAIL_CONFIGURED": True, "EMAIL_USE_TLS": False, "EMAIL_HOST": "mail.example.org"},
            Connection.MAIL,
            Protection.PLAIN,
        ),
        (
            {"MAIL_CONFIGURED": True, "EMAIL_USE_TLS": False, "EMAIL_HOST": "localhost"},
            Connection.MAIL,
            Protection.OWN_MACHINE,
        ),
        ({"SECURE_SSL_REDIRECT": True, "SESSION_COOKIE_SECURE": True}, Connection.PAGES, Protection.ENCRYPTED),
        ({"ALLOWED_HOSTS": ["localhost"]}, Connection.PAGES, Protection.OWN_MACHINE),
        ({"ALLOWED_HOSTS": ["check.example.org"]}, Connection.PAGES, Protection.PLAIN),
    ],
)
def test_how_mail_and_pages_travel(
    settings: LazySettings, changed: dict[str, Any], connection_of: Connection, expected: Protection
) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    assert connections.protections()[connection_of] is expected


def test_the_database_is_asked_about_itself() -> None:
    expected = True if connection.vendor == "postgresql" else None
    assert connections.role_rules_database() is expected, "the tests use the owner's role"
