"""Every form of the site that takes text, as the people who use it: what is typed outlasts the end of a session.

The pages are those of the access table, so a new form is tried without a line here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from assessments.models import EditionRow
from tests.access.site import Site, make_site
from tests.access.table import ROWS
from tests.personas import ADMINISTRATOR, BANK_EDITOR, CONSULTANT_ANSWER, OWNER

SignIn = Callable[[Page, User], None]
NOTHING_TO_KEEP = {
    # Nobody writes a text there: an address, a password or a code, which are never kept.
    "account_login",
    "account_signup",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_reset_password",
    "account_change_password",
}
TYPE = """() => {
  const typed = [];
  for (const form of document.querySelectorAll("form[method=post]:not([data-signs-out])")) {
    const field = [...form.elements].find((each) =>
      each.matches("textarea, input[type=text], input[type=email], input[type=url]") && !each.readOnly);
    if (!field) continue;
    field.value = field.type === "email" ? "typed@example.org" : `Typed here ${typed.length}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    typed.push([field.name, field.value]);
  }
  return typed;
}"""
ASKS = """() => {
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  return leaving.defaultPrevented;
}"""
SEND = """(name) => document.getElementsByName(name)[0].form.requestSubmit()"""
VALUES = """(names) => names.map((name) => document.getElementsByName(name)[0]?.value ?? null)"""
KEPT = """(n) => Object.keys(sessionStorage).filter((key) => key.startsWith("evenkeel-kept ")).length >= n"""
OFFERED = """(n) => document.querySelectorAll("[data-kept-offer]").length >= n"""
PUT_BACK = """() => document.querySelectorAll("[data-put-back]").forEach((each) => each.click())"""
FORM = re.compile(r"<form[^>]*method=\"post\"", re.IGNORECASE)


@dataclass(frozen=True)
class FormPage:
    name: str
    path: str


@pytest.fixture
def site(edition_row: EditionRow, transactional_db: None, settings: LazySettings) -> Site:
    settings.ACCOUNT_RATE_LIMITS = False
    return make_site()


def pages_for(persona: str, site: Site) -> Iterator[FormPage]:
    """Those with a form that this persona may open."""
    client = Client()
    client.force_login(site.person(persona))
    for row in ROWS:
        if row.read is None or row.name in NOTHING_TO_KEEP or 200 not in row.expects(persona, "GET"):
            continue
        path = reverse(row.name, kwargs=dict(row.kwargs(site)))
        response = client.get(path)
        page = response.getvalue().decode(errors="replace")
        response.close()
        is_page = response.status_code == 200 and "html" in response.headers["Content-Type"]
        # The first form of every page signs out.
        if is_page and len(FORM.findall(page)) > 1:
            yield FormPage(row.name, path)


@pytest.mark.long
@pytest.mark.parametrize("persona", [OWNER, CONSULTANT_ANSWER, BANK_EDITOR, ADMINISTRATOR])
def test_what_is_typed_outlasts_a_session(persona: str, site: Site, page: Page, sign_in: SignIn) -> None:
    person = site.person(persona)
    sign_in(page, person)
    cookies = page.context.cookies()
    tried, lost = set(), []
    for each in pages_for(persona, site):
        page.goto(each.path)
        typed = page.evaluate(TYPE)
        if not typed:
            continue
        tried.add(each.name)
        if problem := _try(page, each, typed, cookies):
            lost.append((each.name, problem))
        page.evaluate("sessionStorage.clear()")
    assert lost == []
    assert tried >= AT_LEAST[persona], "the walk finds them"


AT_LEAST = {
    OWNER: {"settings", "organisation_rename", "domain", "action_add", "action_drop", "invite_colleague"},
    CONSULTANT_ANSWER: {"client_add", "desk_notes", "domain"},
    BANK_EDITOR: {"bank_question", "bank_law", "bank_citation_add", "bank_about"},
    ADMINISTRATOR: {"our_rules_in_full"},
}


def _try(page: Page, each: FormPage, typed: list[list[str]], cookies: list[Any]) -> str:
    """What is lost, in words; "" if nothing is."""
    names, values = [name for name, _value in typed], [value for _name, value in typed]
    if not page.evaluate(ASKS):
        return "leaving is not asked about"
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate(SEND, names[-1])
    page.locator("[data-not-sent=signed-out]").first.wait_for(state="attached")
    if page.evaluate(VALUES, names) != values:
        return "gone from the page"
    page.wait_for_function(KEPT, arg=len(typed))
    page.context.add_cookies(cookies)
    page.goto(each.path)
    page.wait_for_function(OFFERED, arg=len(typed))
    page.evaluate(PUT_BACK)
    return "" if page.evaluate(VALUES, names) == values else "not put back"
