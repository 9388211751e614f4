"""Whoever meets a database that is busy or away gets a page that says so, and what they typed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from accounts.database.statement_limits import LOCK_SECONDS, STATEMENT_SECONDS, statement_limits
from accounts.database.trouble import DatabaseTrouble, database_trouble
from accounts.models import Organisation
from config import gunicorn
from tests.factories import member
from tests.pages import parse, text_of

TYPED = "Boulangerie du Soleil"
on_postgresql = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="the embedded default has one writer"
)


@contextmanager
def locked(table: str) -> Iterator[None]:
    """By another connection, as by a worker that was taken over."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as other:
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def limited(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET {name} = '100ms'")
    try:
        yield
    finally:
        connection.close()


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", ["lock_timeout", "statement_timeout"])
def test_a_form_that_waits_too_long_is_given_back(limit: str) -> None:
    owner = member(Organisation.objects.create(name="Boulangerie Lumière"))
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    address = reverse("organisation_rename", args=[owner.memberships.get().organisation_id])
    with locked("accounts_organisation"), limited(limit):
        # As browsers do: it may be before the form's token is looked at.
        response = client.post(address, {"name": TYPED}, headers={"Origin": "http://testserver"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    page = text_of(parse(response))
    assert "Evenkeel is busy for a moment" in page
    assert TYPED in page
    assert Organisation.objects.get().name == "Boulangerie Lumière"
    assert "tries again by itself" not in page
    assert client.post(address, {"name": TYPED}).status_code == 302


def stop_this_connection(*_given: object, **_more: object) -> None:
    """As a server that is being stopped does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        cursor.execute("SELECT 1")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_page_whose_database_stops_tries_again_by_itself(
    edition_row: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("assessments.views.public.coverage_html", stop_this_connection)
    try:
        response = client.get(reverse("coverage"))
    finally:
        # As at the end of a request, which the client of the tests leaves open.
        connection.close()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    page = text_of(parse(response))
    assert "Evenkeel is away for a moment" in page
    assert "tries again by itself" in page
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in response.text
    assert f"give them this number: {response.headers['X-Request-ID']}" in page
    monkeypatch.undo()
    assert client.get(reverse("coverage")).status_code == 200


@pytest.fixture
def nobody_at_the_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    yield
    monkeypatch.undo()
    connection.close()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_form_is_given_back_when_no_database_is_there(nobody_at_the_port: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "some-session"
    response = client.post(reverse("organisation_add"), {"name": TYPED}, headers={"Origin": "http://testserver"})
    assert response.status_code == 503
    page = text_of(parse(response))
    assert TYPED in page
    assert "It may not have been saved." in page
    assert "tries again by itself" not in page
    assert "retry.js" not in response.text
    assert 'http-equiv="refresh"' not in response.text


@on_postgresql
@pytest.mark.django_db
def test_any_other_error_of_the_database_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr("assessments.views.public.coverage_html", broken)
    response = Client(raise_request_exception=False).get(reverse("coverage"))
    assert response.status_code == 500
    assert f"give them this number: {response.headers['X-Request-ID']}" in text_of(parse(response))


def raised(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """As Django hands on what a driver says."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def test_what_an_error_says_about_the_database() -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorname = "SQLITE_BUSY"
    assert database_trouble(raised(busy)) is DatabaseTrouble.BUSY
    assert database_trouble(raised(sqlite3.OperationalError("no such table: x"))) is None
    assert database_trouble(raised(psycopg2.OperationalError("connection refused"))) is DatabaseTrouble.AWAY
    assert database_trouble(raised(psycopg2.InterfaceError("already closed"), InterfaceError)) is DatabaseTrouble.AWAY
    assert database_trouble(raised(psycopg2.DataError("odd"), DataError)) is None
    assert database_trouble(ValueError("ours")) is None
    assert database_trouble(None) is None


def test_the_web_server_gives_up_before_its_proxy_does_and_migrations_never() -> None:
    assert statement_limits("web") == {"options": "-c lock_timeout=5s -c statement_timeout=30s"}
    assert statement_limits("migrate") == {}
    assert STATEMENT_SECONDS["web"] < gunicorn.timeout
    for service, seconds in LOCK_SECONDS.items():
        assert seconds < STATEMENT_SECONDS[service]
