"""The whole way by keyboard: from the first page to the downloaded report, with visible focus."""

import re
import subprocess

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import EditionRow
from tests.browser.journey import EMAIL, ORGANISATION, REPORT_PATIENCE_MILLISECONDS, SOMETHING_ELSE, fact
from tests.browser.keyboard import choose, press, tab_to, type_into
from tests.factories import PASSWORD
from tests.scope_facts import SHOP

LISTS = {"country": ("Fran", SHOP["country"]), "trade": ("Something", SOMETHING_ELSE)}
"""What is typed in an open list, and what it then has."""


def leave(page: Page, target: Locator) -> None:
    heading = page.locator("h1").inner_text()
    press(page, target)
    expect(page.locator("h1")).not_to_have_text(heading)


@pytest.mark.long
def test_the_whole_way(page: Page, edition_row: EditionRow, celery_worker_process: subprocess.Popen[str]) -> None:
    page.goto("/")
    leave(page, page.get_by_role("main").get_by_role("link", name="Create an account", exact=True).first)
    type_into(page, page.get_by_label("E-mail address"), EMAIL)
    type_into(page, page.get_by_label("Password"), PASSWORD)
    type_into(page, page.get_by_label("Name of your business"), ORGANISATION)
    leave(page, page.get_by_role("button", name="Create my account"))
    leave(page, page.get_by_role("button", name="Start the assessment"))
    tell_scope(page)
    leave(page, page.get_by_role("link", name="Continue", exact=True))
    choose(page, page.locator("fieldset.depths"), "quick")
    leave(page, page.get_by_role("button", name="Continue"))
    leave(page, page.get_by_role("link", name="Start answering"))
    answer_everything(page)
    leave(page, page.get_by_role("button", name="Finish and see the result"))
    leave(page, page.get_by_role("button", name="Make the report"))
    link = page.get_by_role("link", name="Download the report")
    expect(link).to_be_visible(timeout=REPORT_PATIENCE_MILLISECONDS)
    with page.expect_download() as download:
        press(page, link)
    assert download.value.suggested_filename.endswith(".pdf")


def tell_scope(page: Page) -> None:
    while page.locator("form.scope-form").count():
        for chosen in page.locator(".scope-question select").all():
            tab_to(page, chosen)
            begins, value = LISTS[chosen.get_attribute("name") or ""]
            page.keyboard.type(begins)
            expect(chosen).to_have_value(value)
        for group in page.locator("fieldset.scope-question").all():
            choose(page, group, fact(group).get_attribute("value") or "")
        leave(page, page.get_by_role("button", name="Continue"))


def answer_everything(page: Page) -> None:
    while page.locator("form.answers").count():
        for question in page.locator("section.question").all():
            choose(page, question, "1")
            expect(question.locator(".saved")).to_be_visible()
        leave(page, page.locator("main").get_by_role("button", name=re.compile("^Save and")))


def test_the_first_stop_skips_to_the_content(page: Page, edition_row: EditionRow) -> None:
    page.goto("/coverage/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_focus_is_always_seen(page: Page, edition_row: EditionRow) -> None:
    """At each stop something is drawn around the focused element, or around its box."""
    page.goto("/account/sign-up/")
    for _ in range(8):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", page.evaluate("document.activeElement.outerHTML")
    tab_to(page, page.get_by_role("link", name="What we ask and why"))
