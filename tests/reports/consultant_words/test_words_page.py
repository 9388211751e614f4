"""The page of all places: what it says, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.audit import Actor
from accounts.models import User
from assessments.models import Result
from reports.consultant_words import services
from reports.consultant_words.services import MOST_OWN_STEPS
from tests.collaboration import consultant
from tests.pages import parse, text_of
from tests.reports.consultant_words.conftest import DOMAIN, AddSnippet, Write, path
from tests.runs import NOW, asked_questions

pytestmark = pytest.mark.django_db


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("reader", ["desk", "owner_desk"])
def test_it_costs_the_same_however_much_is_written(
    request: pytest.FixtureRequest, reader: str, result: Result, adviser: User, write: Write, snippet: AddSnippet
) -> None:
    client: Client = request.getfixturevalue(reader)
    address = path("consultant_words", result)
    write("A tidy shop.")
    few = statements(client, address)
    for domain in {question.domain for question in asked_questions(result.assessment)}:
        write("About it.", domain)
        snippet("Begin with a list.", domain=domain)
    write("From somebody else.", by=consultant(result.assessment, name="Ida Berg"))
    for number in range(MOST_OWN_STEPS):
        services.add_step(result=result, title=f"Step {number}", text="", by=Actor(adviser), now=NOW)
    assert statements(client, address) == few


def test_before_anything_is_written_it_says_so(owner_desk: Client, result: Result) -> None:
    assert "Nothing has been written yet." in text_of(parse(owner_desk.get(path("consultant_words", result))))


def test_typed_markup_is_text(desk: Client, result: Result, write: Write) -> None:
    write("<script>alert(1)</script>", DOMAIN)
    page = desk.get(path("consultant_words", result)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_full_set_of_steps_offers_no_more(desk: Client, result: Result, adviser: User) -> None:
    address = path("consultant_words", result)
    add = f'href="{path("consultant_step_add", result)}"'
    assert add in desk.get(address).content.decode()
    for number in range(MOST_OWN_STEPS):
        services.add_step(result=result, title=f"Step {number}", text="", by=Actor(adviser), now=NOW)
    assert add not in desk.get(address).content.decode()
