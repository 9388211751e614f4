from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings

from config.celery import app
from config.middleware import health


@pytest.fixture(autouse=True)
def every_look_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[timedelta | None]:
    """The age of the oldest waiting report."""
    ages: list[timedelta | None] = [None]
    monkeypatch.setattr(health, "oldest_waiting", lambda now: ages[-1])
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
    waiting.append(health.LONGEST_WAIT)
    assert client.get("/readyz").status_code == 200
    waiting.append(health.LONGEST_WAIT + timedelta(seconds=1))
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["queue"]})


@pytest.mark.django_db
def test_a_broker_that_is_gone_is_told_within_seconds(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(health, "broker_connection", lambda: app.connection_for_write(nobody))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["failed"]) == (503, ["broker"])


def test_a_missing_database_is_reported_without_its_url(
    client: Client, waiting: list[timedelta | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No database is allowed in this test: a query fails like one to a lost database."""
    monkeypatch.setattr(health, "broker_connection", lambda: app.connection_for_write("memory://"))
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
