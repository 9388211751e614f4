"""Every URL x every persona x every method against tests/access/table.py. Nothing leaks."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from assessments.bank.types import Edition
from tests.access.site import Site, make_site
from tests.access.site_urls import SiteUrl, every_url
from tests.access.table import PUBLIC, ROWS, TO_SIGN_IN, Row
from tests.personas import ADMINISTRATOR, ANONYMOUS, OWNER, PERSONAS, STANDINGS, SUSPENDED, WITHOUT_SECOND_STEP
from tests.published_bank import stored_bank

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
TOKEN = re.compile(rb"[0-9A-Za-z]{64}")
PASSING_HEADERS = {"X-Request-ID", "Set-Cookie"}
ADMIN = "admin:"


@pytest.fixture(scope="module")
def site(_bank_of_the_session: None, django_db_blocker: DjangoDbBlocker, edition: Edition) -> Iterator[Site]:
    """One site for the whole matrix; each request's own changes are undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        stored_bank(edition)
        yield make_site()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(site: Site) -> dict[str, str]:
    """The session cookie of each persona; the suspended one was signed in before."""
    cookies = {}
    for persona, person in site.people.items():
        client = Client()
        client.force_login(person)
        cookies[persona] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return cookies


@pytest.fixture(autouse=True)
def _no_rate_limits(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = False


@dataclass(frozen=True)
class Answer:
    """All that a browser sees of a response, without what differs in every response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, response: HttpResponseBase) -> "Answer":
        headers = {name: value for name, value in response.headers.items() if name not in PASSING_HEADERS}
        return cls(response.status_code, headers, TOKEN.sub(b"token", response.getvalue()))


class Attempt:
    """Sends a request as a persona and undoes what it changed."""

    def __init__(self, sessions: Mapping[str, str]) -> None:
        self.sessions = sessions

    def __call__(self, persona: str, method: str, path: str, data: Mapping[str, Any] | None = None) -> Answer:
        client = Client()
        if persona in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[persona]
        with transaction.atomic():
            response = getattr(client, method.lower())(path, dict(data or {}) if method == "POST" else {})
            answer = Answer.of(response)
            transaction.set_rollback(True)
        return answer


@pytest.fixture
def attempt(sessions: dict[str, str]) -> Attempt:
    return Attempt(sessions)


def missing(kwargs: Mapping[str, object]) -> dict[str, object]:
    """The URL's keys, replaced by keys of things that do not exist."""
    return {name: uuid.uuid4() if isinstance(value, uuid.UUID) else value for name, value in kwargs.items()}


def test_every_url_has_its_row_and_every_row_its_url() -> None:
    urls = {url.name for url in every_url() if not url.name.startswith(ADMIN)}
    rows = [row.name for row in ROWS]
    assert sorted(urls - set(rows)) == [], "URLs without a row in tests/access/table.py"
    assert sorted(set(rows) - urls) == [], "rows without a URL"
    assert len(rows) == len(set(rows)), "one row for each URL"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(row: Row, site: Site, attempt: Attempt) -> None:
    path = reverse(row.name, kwargs=dict(row.kwargs(site)))
    wrong = []
    for persona in PERSONAS:
        for method in METHODS:
            answer, expected = attempt(persona, method, path, row.data), row.expects(persona, method)
            if answer.status not in expected:
                wrong.append((persona, method, answer.status, expected))
            if persona not in STANDINGS or persona in WITHOUT_SECOND_STEP:
                assert site.business.name.encode() not in answer.body, (persona, method)
            if persona in (ANONYMOUS, SUSPENDED) and expected == TO_SIGN_IN and PUBLIC not in (row.read, row.write):
                assert answer.headers["Location"].startswith(reverse("account_login")), (persona, method)
            if persona in WITHOUT_SECOND_STEP and not row.before_second_step:
                assert answer.headers.get("Location") == reverse("mfa_required"), (persona, method)
    assert not wrong, f"{row.name} (persona, method, answered, expected): {wrong}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.guarded], ids=lambda row: row.name)
def test_foreign_looks_like_missing(row: Row, site: Site, attempt: Attempt) -> None:
    kwargs = row.kwargs(site)
    theirs, nowhere = reverse(row.name, kwargs=dict(kwargs)), reverse(row.name, kwargs=missing(kwargs))
    assert theirs != nowhere
    for persona in set(PERSONAS) - set(STANDINGS) - {ANONYMOUS, SUSPENDED}:
        for method in ("GET", "HEAD", "POST"):
            foreign = attempt(persona, method, theirs, row.data)
            assert foreign == attempt(persona, method, nowhere, row.data), (persona, method)


@pytest.mark.parametrize("row", [row for row in ROWS if row.write], ids=lambda row: row.name)
def test_no_change_without_the_forms_own_token(row: Row, site: Site, sessions: dict[str, str]) -> None:
    """A form on another site cannot make a signed-in person's browser send this."""
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = sessions["owner"]
    assert client.post(reverse(row.name, kwargs=dict(row.kwargs(site))), row.data).status_code == 403


ADMIN_URLS = [url for url in every_url() if url.name.startswith(ADMIN)]


@pytest.mark.parametrize("url", ADMIN_URLS, ids=lambda url: url.name)
def test_the_administration_is_for_administrators(url: SiteUrl, site: Site, attempt: Attempt) -> None:
    path = url.path
    for persona in PERSONAS:
        # The guard applies to every method alike, so only one outsider and the administrator try the rare ones.
        for method in METHODS if persona in (OWNER, ADMINISTRATOR) else ("GET", "POST"):
            status = attempt(persona, method, path).status
            if persona == ADMINISTRATOR:
                assert status < 500, method
            else:
                elsewhere = persona in (ANONYMOUS, SUSPENDED, *WITHOUT_SECOND_STEP)
                assert status == (302 if elsewhere else 403), (persona, method)


def test_a_standing_of_one_persona_is_what_the_table_counts_on(site: Site) -> None:
    """The expected answers are derived from STANDINGS, so it must agree with the database."""
    from accounts.queries import standing_in

    for persona, person in site.people.items():
        standing = standing_in(person, site.business.pk)
        assert (standing and (standing.role or standing.level)) == STANDINGS.get(persona)
