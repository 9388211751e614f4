"""Every URL x every persona x every method against tests/access/table.py. Nothing leaks."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import LazySettings, settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.permissions import Role
from assessments.bank.types import Edition
from reports.operator.cookies import site_cookies
from tests.access.rows.row import ADMINISTRATORS, BANK_EDITORS, GIVEN_BACK, PUBLIC, SIGNED_IN, TO_SIGN_IN, Row
from tests.access.site import SHARED_KEY, Site, make_site
from tests.access.site_urls import SiteUrl, every_url
from tests.access.table import ROWS
from tests.guest.guests import Guest
from tests.personas import (
    ADMINISTRATOR,
    ANONYMOUS,
    CONSULTANT_ANSWER,
    EDITOR,
    EVERYBODY,
    GUEST,
    OWNER,
    SIGNED_OUT,
    STANDINGS,
    STRANGER,
    VIEWER,
    VISITOR,
    WITHOUT_SECOND_STEP,
)
from tests.published_bank import stored_bank

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
TOKEN = re.compile(rb"[0-9A-Za-z]{64}")
PASSING_HEADERS = {"X-Request-ID", "Set-Cookie"}
ADMIN = "admin:"
NAMED_COOKIES = {cookie.name for cookie in site_cookies()}


@pytest.fixture(scope="module")
def site(_bank_of_the_session: None, django_db_blocker: DjangoDbBlocker, edition: Edition) -> Iterator[Site]:
    """One site for the whole matrix; each request's own changes are undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        stored_bank(edition)
        yield make_site()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(site: Site) -> dict[str, str]:
    """The session cookie of each persona; the suspended one was signed in before, a guest never; a visitor has none."""
    cookies = {GUEST: Guest().answer_all().client.cookies[settings.SESSION_COOKIE_NAME].value}
    visitor = Client()
    visitor.get(reverse("shared_report", args=[SHARED_KEY]))
    assert not visitor.cookies, "a link to a report leaves nothing in the browser that opens it"
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


def uses_htmx(body: bytes) -> bool:
    """Whether a whole page asks for something by htmx: parts of pages come to those that have loaded it."""
    return body.lstrip().lower().startswith(b"<!doctype html") and re.search(rb"\shx-(?:get|post)=", body) is not None


def loads_htmx(body: bytes) -> bool:
    return re.search(rb"<script[^>]*/htmx", body) is not None


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
            assert set(response.cookies) <= NAMED_COOKIES, f"{path} sets a cookie that the privacy notice does not name"
            answer = Answer.of(response)
            transaction.set_rollback(True)
        assert loads_htmx(answer.body) == uses_htmx(answer.body), f"htmx is loaded or missing without need: {path}"
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
    for persona in EVERYBODY:
        for method in METHODS:
            answer, expected = attempt(persona, method, path, row.data), row.expects(persona, method)
            if answer.status not in expected:
                wrong.append((persona, method, answer.status, expected))
            typed_it = method == "POST" and site.business.name in row.data.values()
            if not (typed_it or row.names_business) and (persona not in STANDINGS or persona in WITHOUT_SECOND_STEP):
                assert site.business.name.encode() not in answer.body, (persona, method)
            if persona in SIGNED_OUT and expected == TO_SIGN_IN and PUBLIC not in (row.read, row.write):
                assert answer.headers["Location"].startswith(reverse("account_login")), (persona, method)
            if persona in WITHOUT_SECOND_STEP and not row.before_second_step and method != "POST":
                assert answer.headers.get("Location") == reverse("mfa_required"), (persona, method)
    assert not wrong, f"{row.name} (persona, method, answered, expected): {wrong}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.guarded], ids=lambda row: row.name)
def test_foreign_looks_like_missing(row: Row, site: Site, attempt: Attempt) -> None:
    kwargs = row.kwargs(site)
    theirs, nowhere = reverse(row.name, kwargs=dict(kwargs)), reverse(row.name, kwargs=missing(kwargs))
    assert theirs != nowhere
    for persona in set(EVERYBODY) - set(STANDINGS) - set(SIGNED_OUT):
        for method in ("GET", "HEAD", "POST"):
            foreign = attempt(persona, method, theirs, row.data)
            assert foreign == attempt(persona, method, nowhere, row.data), (persona, method)


@pytest.mark.parametrize("page", ["question", "insight", "result"])
def test_a_check_opens_for_its_own_browser_alone(page: str, site: Site, attempt: Attempt) -> None:
    path = reverse(f"quick_check_{page}", kwargs={"number": 1} if page == "question" else {})
    for persona in EVERYBODY:
        answer = attempt(persona, "GET", path)
        if persona == GUEST:
            assert answer.status == 200
        elif persona not in WITHOUT_SECOND_STEP:
            assert (answer.status, answer.headers["Location"]) == (302, reverse("quick_check")), persona


def test_a_link_opens_its_report_and_nothing_else(site: Site, attempt: Attempt) -> None:
    """For whoever has it. On every other page a browser that opened it is that of anybody."""
    page, file = (reverse(name, args=[SHARED_KEY]) for name in ("shared_report", "shared_report_download"))
    for persona in (VISITOR, ANONYMOUS, GUEST, STRANGER, OWNER):
        assert site.business.name.encode() in attempt(persona, "GET", page).body, persona
        assert attempt(persona, "GET", file).body.startswith(b"%PDF-1.7 "), persona
    for row in ROWS:
        path = reverse(row.name, kwargs=dict(row.kwargs(site)))
        for method in ("GET", "POST"):
            seen, nobodys = (attempt(persona, method, path, row.data) for persona in (VISITOR, ANONYMOUS))
            assert seen.status == nobodys.status, (row.name, method)
            assert seen.headers.get("Location") == nobodys.headers.get("Location"), (row.name, method)
            # Without what differs from second to second on pages that are for nobody in particular.
            assert len(seen.body) == len(nobodys.body), (row.name, method)
            if not row.names_business:
                assert SHARED_KEY.encode() not in seen.body, row.name


TYPED = {"note": "Ein langer Text, 漢字 <b>\nand a second line", "password": "Never shown 1", "choice": "some-code"}
SHOWN = "Ein langer Text, 漢字 &lt;b&gt;\nand a second line"
IN_WORDS = {
    OWNER: "your role in it does not include this",
    EDITOR: "your role in it does not include this",
    VIEWER: "your role in it does not include this",
    CONSULTANT_ANSWER: "You see this client through your consultancy",
}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.write not in (None, PUBLIC, SIGNED_IN)], ids=lambda row: row.name
)
def test_who_may_not_gets_back_what_they_typed_in_words_that_fit(row: Row, site: Site, attempt: Attempt) -> None:
    """Whoever posts a form without the right for it, having lost it a moment ago perhaps."""
    path, tried = reverse(row.name, kwargs=dict(row.kwargs(site))), 0
    for persona in EVERYBODY:
        expected = row.expects(persona, "POST")
        # Who has to sign in first, or to set up a second step, is told so: tests/accounts/test_given_back.py.
        first = persona in SIGNED_OUT or (persona in WITHOUT_SECOND_STEP and not row.before_second_step)
        if first or expected not in ((403,), (404,)):
            continue
        answer = attempt(persona, "POST", path, {**row.data, **TYPED})
        shown, tried = answer.body.decode(), tried + 1
        assert (answer.status,) == expected, persona
        assert SHOWN in shown, persona
        assert "Never shown" not in shown
        assert "some-code" not in shown
        if expected == (404,):
            assert "your access may have ended" in shown
        elif row.write in (BANK_EDITORS, ADMINISTRATORS):
            assert f"Only {row.write} may do this" in shown
        else:
            member_here = row.standings.get(persona) in set(Role)
            assert IN_WORDS[EDITOR if member_here else CONSULTANT_ANSWER] in shown, persona
    assert tried


@pytest.mark.parametrize("row", [row for row in ROWS if row.read is None], ids=lambda row: row.name)
def test_a_button_opened_as_a_page_leads_on(row: Row, site: Site, attempt: Attempt) -> None:
    """Of those that take only POST, for somebody who may press it."""
    path = reverse(row.name, kwargs=dict(row.kwargs(site)))
    signed_in = set(EVERYBODY) - set(SIGNED_OUT) - set(WITHOUT_SECOND_STEP)
    persona = next(each for each in EVERYBODY if each in signed_in and row.expects(each, "POST") == row.post)
    answer = attempt(persona, "GET", path)
    shown = answer.body.decode()
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert "This is the address of a button, not of a page. Nothing was done." in shown
    # What a signed-out page shows in place of it is a template behind it.
    (way_on,) = re.findall(r'btn-primary" href="([^"]+)"', shown.partition("<template")[0])
    assert attempt(persona, "GET", urljoin(path, way_on)).status in (200, 302), way_on


BY_A_KEY_ALONE = {"plan_reminders_stop"}
"""A mail program sends it without having seen a page: the key in the address is the token."""


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.write and row.name not in BY_A_KEY_ALONE], ids=lambda row: row.name
)
def test_no_change_without_the_forms_own_token(row: Row, site: Site, sessions: dict[str, str]) -> None:
    """A form on another site cannot make a signed-in person's browser send this."""
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = sessions["owner"]
    assert client.post(reverse(row.name, kwargs=dict(row.kwargs(site))), row.data).status_code == 403


ADMIN_URLS = [url for url in every_url() if url.name.startswith(ADMIN)]


@pytest.mark.parametrize("url", ADMIN_URLS, ids=lambda url: url.name)
def test_the_administration_is_for_administrators(url: SiteUrl, site: Site, attempt: Attempt) -> None:
    path = url.path
    for persona in EVERYBODY:
        # The guard applies to every method alike, so only one outsider and the administrator try the rare ones.
        for method in METHODS if persona in (OWNER, ADMINISTRATOR) else ("GET", "POST"):
            status = attempt(persona, method, path).status
            if persona == ADMINISTRATOR:
                assert status < 500, method
            else:
                elsewhere = persona in (*SIGNED_OUT, *WITHOUT_SECOND_STEP)
                # A form sent by somebody who has to sign in first is given back; `admin:login` itself leads on.
                fits = (302, 403) if elsewhere and method == "POST" else (302 if elsewhere else 403,)
                assert status in fits, (persona, method)


def test_where_everybody_needs_a_second_step_nobody_goes_on_without(
    site: Site, attempt: Attempt, settings: LazySettings
) -> None:
    """Who may open the most: an owner. Every page of the site, the administration's included."""
    settings.MFA_REQUIRED = "everybody"
    rows = {row.name: row for row in ROWS}
    for url in every_url():
        row = rows.get(url.name)
        if row and (row.before_second_step or PUBLIC in (row.read, row.write)):
            continue
        path = reverse(url.name, kwargs=dict(row.kwargs(site))) if row else url.path
        assert attempt(OWNER, "GET", path).headers.get("Location") == reverse("mfa_required"), url.name
        assert attempt(OWNER, "POST", path).status == GIVEN_BACK[0], url.name


def test_a_standing_of_one_persona_is_what_the_table_counts_on(site: Site) -> None:
    """The expected answers are derived from STANDINGS, so it must agree with the database."""
    from accounts.queries import standing_in

    for persona, person in site.people.items():
        standing = standing_in(person, site.business.pk)
        assert (standing and (standing.role or standing.level)) == STANDINGS.get(persona)
