"""How the site is, as administrators read it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RecordKind, User
from accounts.operations.figures import RecordSpan
from accounts.operations.records import note_run, write_record
from accounts.services.retention import RETENTION_RUN
from assessments.models import EditionRow, Result
from reports import services
from reports.models import Report
from reports.queue_figures.queries import QueueFigures
from reports.site_status.checks import CHECKS, DiskSpace
from reports.site_status.figures import SiteFigures
from reports.site_status.lines import LineState, StatusFacts, StatusLine, status_lines
from tests.factories import OrganisationFactory, UserFactory
from tests.pages import parse, text_of
from tests.runs import finished_run

NOW = timezone.now()
ADDRESS = "/site-status/"
HOUR = timedelta(hours=1)


def figures(**changed: Any) -> SiteFigures:
    """Of a site in order, on which somebody has just had a report."""
    backup = RecordSpan(NOW - HOUR, NOW - HOUR, 1)
    found = SiteFigures(
        queue=[queue()],
        failures={},
        rendered=[],
        worked_at=NOW - HOUR,
        deleted_at=NOW - HOUR,
        failed_erasures=0,
        records={RecordKind.BACKUP: backup, RecordKind.RESTORE_TEST: backup},
        pending_migrations=0,
    )
    return replace(found, **changed)


def queue(**changed: Any) -> QueueFigures:
    return replace(QueueFigures(Report, waiting=0, in_work=0, oldest=None, failed=0, finished=0), **changed)


def lines_of(*, failed: tuple[str, ...] = (), disk: DiskSpace | None = None, **changed: Any) -> dict[str, StatusLine]:
    facts = StatusFacts(NOW, failed, figures(**changed), disk or DiskSpace(free=50 * 10**9, size=100 * 10**9))
    return {each.what: each for each in status_lines(facts)}


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True


def test_in_order_there_is_nothing_to_do() -> None:
    lines = lines_of()
    assert [each for each in lines.values() if each.state is not LineState.GOOD or each.task] == []
    assert "free" in lines["Room for files"].says
    assert lines["Workers"].says == "The last file was finished 1\xa0hour ago."


@pytest.mark.parametrize(
    ("what", "given", "state", "says"),
    [
        ("Database", {"failed": ("database",)}, LineState.WRONG, "does not answer"),
        ("Messages to workers", {"failed": ("broker",)}, LineState.WRONG, "made by themselves when it works again"),
        ("Workers", {"queue": [queue(waiting=1, oldest=HOUR)]}, LineState.WRONG, "waited for 1\xa0hour, and nobody"),
        ("Workers", {"queue": [queue(in_work=2)]}, LineState.GOOD, "2 files are being made."),
        ("Workers", {"worked_at": None}, LineState.GOOD, "Nobody has asked for a file yet."),
        ("Workers", {"worked_at": NOW}, LineState.GOOD, "finished less than a minute ago."),
        ("Files in line", {"queue": [queue(waiting=3, oldest=HOUR)]}, LineState.WRONG, "3 files wait. The oldest"),
        ("Files in line", {"queue": [queue(failed=1)]}, LineState.LOOK, "One file has failed for good."),
        ("Files in line", {"queue": [queue(waiting=1, oldest=HOUR / 60)]}, LineState.GOOD, "One file waits."),
        ("Room for files", {"disk": DiskSpace(10**6, 10**11)}, LineState.WRONG, "976.6\xa0KB of"),
        ("Room for files", {"disk": DiskSpace(9 * 10**9, 10**11)}, LineState.LOOK, "8.4\xa0GB of 93.1\xa0GB"),
        ("Deleting what is over", {"deleted_at": None}, LineState.LOOK, "It has not run yet."),
        ("Deleting what is over", {"deleted_at": NOW - 4 * HOUR}, LineState.WRONG, "It last ran 4\xa0hours ago."),
        (
            "Deleting what is over",
            {"failed_erasures": 2},
            LineState.WRONG,
            "2 accounts were to be deleted",
        ),
        ("Backup", {"records": {}}, LineState.LOOK, "nothing is written down"),
        ("Test of a restore", {"records": {}}, LineState.LOOK, "nothing is written down"),
        ("Migrations", {"pending_migrations": 2}, LineState.WRONG, "The database lacks 2."),
    ],
)
def test_what_is_wanting_is_said_with_what_to_do(what: str, given: Any, state: LineState, says: str) -> None:
    line = lines_of(**given)[what]
    assert line.state is state
    assert says in line.says
    assert bool(line.task) is (state is not LineState.GOOD)


def test_the_worst_comes_first() -> None:
    states = [each.state for each in lines_of(pending_migrations=1, records={}).values()]
    assert states == sorted(states, reverse=True)
    assert states[0] is LineState.WRONG


def test_without_mail_it_says_what_people_miss(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = False
    assert "no password can be reset by mail" in lines_of()["E-mail"].says


def test_files_that_are_kept_elsewhere_need_no_disk() -> None:
    facts = StatusFacts(NOW, (), figures(), None)
    (line,) = [each for each in status_lines(facts) if each.what == "Room for files"]
    assert (line.state, line.task) == (LineState.GOOD, "")


@pytest.fixture
def administrator() -> User:
    return UserFactory.create(is_staff=True, is_superuser=True)


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))


@pytest.mark.django_db
def test_the_page_says_how_this_site_is(client: Client, administrator: User, result: Result) -> None:
    asked = services.request_report(result=result, requested_by=result.finished_by, language="en", now=NOW - HOUR)
    note_run(name=RETENTION_RUN, now=NOW)
    write_record(kind=RecordKind.BACKUP, happened_at=NOW - HOUR, by=None)
    client.force_login(administrator)
    page = client.get(ADDRESS)
    words = text_of(parse(page))
    assert "Not working Workers Something has waited for 1 hour" in words.replace("\xa0", " ")
    assert "Have a look Test of a restore" in words
    assert "In order Database" in words
    assert "In order Migrations" in words
    assert "8 of 11 things are in order. 3 need somebody." in words
    for private in ("Boulangerie", result.finished_by.email, str(asked.pk)):
        assert private not in page.content.decode()


@pytest.mark.django_db
def test_it_costs_the_same_however_much_waits(client: Client, administrator: User, result: Result) -> None:
    client.force_login(administrator)
    costs = []
    for size in (1, 3, 40):
        for number in range(Report.objects.count(), size):
            services.request_report(
                result=result, requested_by=result.finished_by, language=f"l{number}", now=NOW - HOUR
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs


def test_whoever_looks_after_no_site_is_refused(client: Client, db: None) -> None:
    client.force_login(UserFactory.create(is_staff=True))
    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_that_fails_has_a_line(name: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """What makes a host not ready is never in order on the page."""
    given: dict[str, Callable[[], dict[str, StatusLine]]] = {
        "database": lambda: lines_of(failed=(name,)),
        "broker": lambda: lines_of(failed=(name,)),
        "queue": lambda: lines_of(queue=[queue(waiting=1, oldest=HOUR)]),
        "disk": lambda: lines_of(disk=DiskSpace(0, 10**11)),
    }
    assert any(line.state is LineState.WRONG for line in given[name]().values())
