from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from config.celery import app
from config.middleware import health
from reports.site_status import checks


@pytest.fixture(autouse=True)
def every_look_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[timedelta | None]:
    """The age of the oldest waiting report."""
    ages: list[timedelta | None] = [None]
    monkeypatch.setattr(checks, "oldest_waiting", lambda now: ages[-1])
    return ages


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_when_database_broker_and_queue_answer(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "failed": []})


@pytest.mark.django_db
def test_a_probe_may_use_any_host_name_and_plain_http(client: Client) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert client.get("/readyz", headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.django_db
def test_a_report_that_waits_too_long_is_told(client: Client, waiting: list[timedelta | None]) -> None:
    waiting.append(checks.LONGEST_WAIT)
    assert client.get("/readyz").status_code == 200
    waiting.append(checks.LONGEST_WAIT + timedelta(seconds=1))
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["queue"]})


@pytest.mark.django_db
def test_a_broker_that_is_gone_is_told_within_seconds(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(checks, "broker_connection", lambda: app.connection_for_write(nobody))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["failed"]) == (503, ["broker"])


def test_a_missing_database_is_reported_without_its_url(
    client: Client, waiting: list[timedelta | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No database is allowed in this test: a query fails like one to a lost database."""
    monkeypatch.setattr(checks, "broker_connection", lambda: app.connection_for_write("memory://"))
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["database"]})
    assert connection.settings_dict["NAME"] not in response.content.decode()


def test_whoever_asks_often_makes_nobody_look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter((["queue"], ["a second look"]))
    monkeypatch.setattr(health, "KEPT_SECONDS", 60)
    monkeypatch.setattr(health, "failed_checks", lambda: next(looks))
    recent = health.RecentChecks()
    assert [recent.failed() for _ in range(50)] == [["queue"]] * 50


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_their_answers_have_headers_too(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_over_tls_even_a_probe_hears_to_stay_there(client: Client) -> None:
    with override_settings(SECURE_HSTS_SECONDS=60):
        health_check = health.HealthCheckMiddleware(lambda request: HttpResponse())
        answer = health_check(RequestFactory().get("/healthz", secure=True))
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=60")


@pytest.mark.django_db
def test_a_disk_without_room_is_told_before_a_report_fails(client: Client, settings: LazySettings) -> None:
    space = checks.disk_space()
    assert space is not None
    assert 0 < space.free <= space.size
    settings.DISK_FREE_MB = space.size // checks.MEGABYTE + 1
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["disk"]})


def test_a_folder_that_is_not_made_yet_is_on_the_disk_above_it(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "there"
    assert checks.disk_space() is not None


def test_a_storage_that_is_no_folder_has_no_disk(settings: LazySettings) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.Storage"}}
    assert checks.disk_space() is None
    assert checks.disk_has_room()
