import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from config.logs import RequestLogMiddleware, logging_config
from tests.factories import UserFactory


@pytest.fixture
def lines(settings: Any) -> Iterator[io.StringIO]:
    """The log lines of production."""
    written = io.StringIO()
    config = logging_config(json=True)
    config["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(config)
    yield written
    logging.config.dictConfig(settings.LOGGING)


def entries(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_one_json_line_with_the_id_of_its_answer(lines: io.StringIO, client: Client) -> None:
    response = client.get(reverse("account_login"))
    (entry,) = [each for each in entries(lines) if each["event"] == "request"]
    assert entry["request_id"] == response.headers["X-Request-ID"]
    assert (entry["method"], entry["route"], entry["status"]) == ("GET", "account_login", 200)
    assert entry["level"] == "info"
    assert entry["milliseconds"] >= 0
    assert entry["person"] is None


@pytest.mark.django_db
def test_a_request_of_somebody_signed_in_names_their_number_alone(lines: io.StringIO, client: Client) -> None:
    person = UserFactory.create(name="Amélie", email="amelie@example.org")
    client.force_login(person)
    client.get(reverse("settings"))
    entry = [each for each in entries(lines) if each["event"] == "request"][-1]
    assert entry["person"] == person.pk
    assert "Amélie" not in lines.getvalue()
    assert "amelie@" not in lines.getvalue()


def test_everything_logged_meanwhile_carries_the_same_id(lines: io.StringIO) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        structlog.get_logger("reports").info("asked")
        logging.getLogger("some.library").warning("as well")
        return HttpResponse()

    response = RequestLogMiddleware(view)(RequestFactory().get("/"))
    assert {entry["request_id"] for entry in entries(lines)} == {response.headers["X-Request-ID"]}
    assert [entry["event"] for entry in entries(lines)] == ["asked", "as well", "request"]


@pytest.mark.django_db
def test_addresses_with_tokens_stay_out(lines: io.StringIO, client: Client) -> None:
    client.get("/sign-in/top-secret-token/")
    client.get("/nowhere/top-secret-token/?next=top-secret-token")
    client.post("/sign-in/top-secret-token/", headers={"host": "top-secret-token.invalid"})
    assert entries(lines)
    assert "top-secret-token" not in lines.getvalue()


@pytest.mark.django_db
def test_values_that_the_database_refuses_stay_out(lines: io.StringIO) -> None:
    User.objects.create_user(email="ada@example.org", password="four blue kettles sing")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.create_user(email="ada@example.org", password="four blue kettles sing")
    assert ("ada@example.org" in str(refused.value)) is (connection.vendor == "postgresql")
    logging.getLogger("accounts").error("refused", exc_info=refused.value)
    (entry,) = entries(lines)
    assert "ada@example.org" not in lines.getvalue()
    assert "IntegrityError: " in entry["exception"]
    assert f"{__file__}:" in entry["exception"]


def test_on_one_machine_lines_are_for_people(settings: Any) -> None:
    config = logging_config(json=False)
    written = io.StringIO()
    config["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(config)
    structlog.get_logger("reports").info("rendered", pages=31)
    logging.config.dictConfig(settings.LOGGING)
    assert "rendered" in written.getvalue()
    assert "pages=31" in written.getvalue()
