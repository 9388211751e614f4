"""/.well-known/security.txt, after RFC 9116."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from reports.operator.details import Operator, SecurityDetails
from tests.reports.operator.files import example, filled

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"
DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def said(client: Client) -> list[tuple[str, str]]:
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert text.endswith("\n")
    return [(name, value) for name, _colon, value in (line.partition(": ") for line in text.splitlines())]


def with_security(**fields: object) -> Operator:
    return replace(filled(), security=SecurityDetails(**fields))  # type: ignore[arg-type]


def test_it_says_what_the_standard_asks_for(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR, settings.SITE_URL = filled(), "https://check.example.org/"
    assert said(client) == [
        ("Contact", "mailto:securite@harbour.example"),
        ("Contact", "https://harbour.example/security"),
        ("Expires", "2027-11-01T00:00:00Z"),
        ("Preferred-Languages", "fr, en"),
        ("Canonical", f"https://check.example.org{PATH}"),
        ("Policy", "https://check.example.org/operator/#security"),
    ]


def test_the_policy_is_on_the_page_that_it_names(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = filled()
    page = client.get("/operator/").content.decode()
    assert 'id="security"' in page
    assert "within 3 working days" in page
    assert f'href="{PATH}"' in page


def test_it_holds_for_a_year_from_the_day_the_operator_looked(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = with_security(contact=("tel:+353-1-5550100",))
    found = dict(said(client))
    assert found["Contact"] == "tel:+353-1-5550100"
    assert DAY.fullmatch(found["Expires"])
    expires = datetime.fromisoformat(found["Expires"])
    looked = datetime.combine(date(2026, 11, 30), datetime.min.time(), UTC)
    assert timedelta(0) < expires - looked < timedelta(days=365), "the standard: less than a year"


@pytest.mark.parametrize("operator", [None, example(), with_security()], ids=["nobody", "example", "no contact"])
def test_without_a_real_contact_there_is_none(
    client: Client, settings: LazySettings, operator: Operator | None
) -> None:
    settings.OPERATOR = operator
    assert client.get(PATH).status_code == 404
    assert PATH not in client.get("/operator/").content.decode()


def test_it_answers_like_every_page(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = filled()
    body, head = client.get(PATH), client.head(PATH)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(body.content))
    assert client.post(PATH).status_code == 405
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Referrer-Policy"):
        assert body[name] == head[name], name
    assert not body.cookies
