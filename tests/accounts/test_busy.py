"""Whoever waits too long for somebody else's lock gets a page that says so, and what they typed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.database.statement_limits import LOCK_SECONDS, STATEMENT_SECONDS, statement_limits
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
    assert client.post(address, {"name": TYPED}).status_code == 302


@on_postgresql
@pytest.mark.django_db
def test_any_other_error_of_the_database_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr("assessments.views.public.coverage_html", broken)
    assert Client(raise_request_exception=False).get(reverse("coverage")).status_code == 500


def test_the_web_server_gives_up_before_its_proxy_does_and_migrations_never() -> None:
    assert statement_limits("web") == {"options": "-c lock_timeout=5s -c statement_timeout=30s"}
    assert statement_limits("migrate") == {}
    assert STATEMENT_SECONDS["web"] < gunicorn.timeout
    for service, seconds in LOCK_SECONDS.items():
        assert seconds < STATEMENT_SECONDS[service]
