"""/metrics: who may read it, what it says, and what it costs."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import RecordKind
from accounts.operations.records import write_record
from assessments.models import EditionRow, Result
from config.middleware import health
from config.monitoring import exposition
from config.monitoring.counting import COUNTS, SIGN_IN_STEPS
from reports import services
from reports.models import Report, ReportError, ReportState
from reports.site_status.figures import pending_migrations
from tests.factories import PASSWORD, OrganisationFactory, UserFactory
from tests.runs import finished_run

TOKEN = "a token of the test"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def every_look_is_new(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)
    monkeypatch.setattr(exposition, "KEPT_SECONDS", 0)
    settings.METRICS_TOKEN = TOKEN


def scraped(client: Client) -> dict[str, Metric]:
    response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    return {each.name: each for each in text_string_to_metric_families(response.text)}


def value(families: dict[str, Metric], name: str, **labels: str) -> float | None:
    samples = families[name].samples if name in families else []
    return next((each.value for each in samples if each.labels == labels), None)


def counted(name: str, **labels: str) -> float:
    return COUNTS.get_sample_value(name, labels) or 0


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"))


def ask(result: Result, number: int, ago: timedelta) -> Report:
    return services.request_report(
        result=result, requested_by=result.finished_by, language=f"l{number}", now=timezone.now() - ago
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shown", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN} x", "Bearer clé"]
)
def test_for_whoever_has_no_token_there_is_no_such_page(client: Client, shown: str) -> None:
    response = client.get("/metrics", headers={"authorization": shown})
    assert (response.status_code, b"evenkeel_" in response.content) == (404, False)


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer "])
def test_without_a_token_in_the_settings_nobody_has_it(client: Client, shown: str, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


@pytest.mark.django_db
def test_the_site_in_figures(client: Client, result: Result) -> None:
    now = timezone.now()
    ask(result, 0, timedelta(minutes=7))
    failed, ready = ask(result, 1, timedelta(0)), ask(result, 2, timedelta(0))
    Report.objects.filter(pk=failed.pk).update(state=ReportState.FAILED, error=ReportError.MEMORY)
    Report.objects.filter(pk=ready.pk).update(
        state=ReportState.READY,
        begun_at=now - timedelta(seconds=12),
        ready_at=now,
        file="x",
        file_name="x.pdf",
        sha256="x",
        size=1,
        pages=1,
    )
    write_record(kind=RecordKind.BACKUP, happened_at=now - timedelta(hours=5), by=None)
    families = scraped(client)
    assert value(families, "evenkeel_queue_depth", kind="report") == 1
    assert 420 <= (value(families, "evenkeel_queue_age_seconds", kind="report") or 0) < 500
    assert value(families, "evenkeel_queue_depth", kind="bundle") == 0
    assert value(families, "evenkeel_files_failed", reason="memory") == 1
    assert value(families, "evenkeel_renders_last_hour", kind=ready.kind, format="pdf") == 1
    assert value(families, "evenkeel_render_seconds_last_hour", kind=ready.kind, format="pdf") == pytest.approx(12)
    backup = value(families, "evenkeel_last_timestamp_seconds", what="backup")
    assert backup == pytest.approx((now - timedelta(hours=5)).timestamp())
    assert value(families, "evenkeel_last_timestamp_seconds", what="restore_check") is None
    assert value(families, "evenkeel_last_timestamp_seconds", what="work") == pytest.approx(now.timestamp())
    assert value(families, "evenkeel_migrations_pending") == 0
    assert value(families, "evenkeel_check_failed", check="queue") == 1
    assert value(families, "evenkeel_check_failed", check="database") == 0
    assert (value(families, "evenkeel_disk_free_bytes") or 0) > 0


@pytest.mark.django_db
def test_a_scrape_costs_the_same_however_much_there_is(client: Client, result: Result) -> None:
    scraped(client)
    costs = []
    for size in (1, 3, 40):
        for number in range(Report.objects.count(), size):
            ask(result, number, timedelta(seconds=number))
        with CaptureQueriesContext(connection) as queries:
            scraped(client)
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 20


@pytest.mark.django_db
def test_whoever_scrapes_often_asks_the_database_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposition, "KEPT_SECONDS", 60)
    monkeypatch.setattr(exposition, "recent_figures", exposition.RecentFigures())
    monkeypatch.setattr(health, "KEPT_SECONDS", 60)
    scraped(client)
    with CaptureQueriesContext(connection) as queries:
        scraped(client)
    assert len(queries) == 0


def test_without_a_database_the_rest_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database is allowed in this test; so this is how a lost one looks."""
    monkeypatch.setattr(exposition, "site_figures", lost)
    families = scraped(client)
    assert value(families, "evenkeel_check_failed", check="database") == 1
    assert "evenkeel_queue_depth" not in families
    assert "evenkeel_disk_free_bytes" in families


def lost(_now: object) -> None:
    raise OperationalError("connection refused")


@pytest.mark.django_db
def test_no_label_holds_what_somebody_typed(client: Client) -> None:
    person = UserFactory.create(name="Amélie Canari", email="amelie@example.org")
    client.get("/sign-in/canary-token/")
    client.get("/canary/nowhere/?canary=canary")
    client.post(reverse("account_login"), {"login": person.email, "password": "canary password"})
    client.generic("CANARY", "/")
    client.force_login(person)
    client.get(reverse("settings"))
    families = scraped(client)
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    routes = {sample.labels["route"] for sample in families["evenkeel_requests"].samples}
    assert {"settings", "account_login", "none"} <= routes
    assert {each for each in routes if ":" not in each} <= names | {"none"}
    everything = str([sample.labels for family in families.values() for sample in family.samples]).casefold()
    for canary in ("canary", "canari", "amelie", "amélie", "example.org"):
        assert canary not in everything


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_status(client: Client) -> None:
    before = counted("evenkeel_requests_total", route="account_login", status="2xx")
    timed = counted("evenkeel_request_seconds_count", route="account_login")
    client.get(reverse("account_login"))
    assert counted("evenkeel_requests_total", route="account_login", status="2xx") == before + 1
    assert counted("evenkeel_request_seconds_count", route="account_login") == timed + 1


@pytest.mark.django_db
def test_signing_in_is_counted_by_what_became_of_it(client: Client) -> None:
    person = UserFactory.create()
    refused = counted("evenkeel_sign_ins_total", step="password", outcome="refused")
    accepted = counted("evenkeel_sign_ins_total", step="password", outcome="accepted")
    no_passkey = counted("evenkeel_sign_ins_total", step="passkey", outcome="refused")
    address = reverse("account_login")
    client.post(address, {"login": person.email, "password": "not this one at all"})
    client.post(address, {"login": "nobody@example.org", "password": "not this one at all"})
    client.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
    client.post(address, {"login": person.email, "password": PASSWORD})
    assert counted("evenkeel_sign_ins_total", step="password", outcome="refused") == refused + 2
    assert counted("evenkeel_sign_ins_total", step="password", outcome="accepted") == accepted + 1
    assert counted("evenkeel_sign_ins_total", step="passkey", outcome="refused") == no_passkey + 1
    assert set(SIGN_IN_STEPS) <= {name for name in get_resolver().reverse_dict if isinstance(name, str)}


@pytest.mark.django_db
def test_a_migration_that_is_missing_is_counted() -> None:
    assert pending_migrations() == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reports' AND name LIKE '0001%'")
    assert pending_migrations() == 1


COUNT_ONE = """
from config.monitoring.counting import saves
saves.labels("saved").inc()
"""
TELL = """
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""


def test_processes_that_come_and_go_lose_no_count_and_leave_no_files(tmp_path: Path) -> None:
    """As gunicorn replaces them: one after the other, and once two at the same time."""
    setting = "import django; django.setup()"
    environment = {
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EVENKEEL_DATA": str(tmp_path),
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": "0123456789" * 6,
        "SIGNING_KEY": "0123456789" * 6,
    }

    def process(code: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", f"{setting}\n{code}"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    first = process(f"{COUNT_ONE}\nprint('counted', flush=True)\ninput()")
    assert first.stdout is not None
    assert first.stdout.readline() == "counted\n"
    for _number in range(3):
        process(COUNT_ONE).communicate(timeout=60)
    first.communicate("go\n", timeout=60)
    told = process(TELL).communicate(timeout=60)[0]
    assert 'evenkeel_saves_total{outcome="saved"} 4.0' in told
    assert {each.name for each in tmp_path.glob("*.place")} == {"0.place", "1.place"}
    assert {each.name for each in tmp_path.glob("counter_*")} == {"counter_0.db", "counter_1.db"}
