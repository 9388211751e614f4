"""While the database is away, a page says so, and comes by itself once it is back."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import Page, expect
from psycopg2 import OperationalError as NobodyAnswers

from accounts.refused import pages
from assessments.pages.coverage import coverage_html
from assessments.views import public
from tests.browser.accessibility import check_looks


class Restarting:
    """In the place of what reads the bank: away for so many requests, and then what it was."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, 0

    def __call__(self, *given: object, **more: object) -> object:
        self.asked += 1
        if self.asked <= self.times:
            raise OperationalError from NobodyAnswers("connection refused")
        return coverage_html(*given, **more)  # type: ignore[arg-type]


@pytest.fixture
def restarting(monkeypatch: pytest.MonkeyPatch) -> Restarting:
    monkeypatch.setattr(pages, "RETRY_AFTER_SECONDS", 1)
    found = Restarting(times=3)
    monkeypatch.setattr(public, "coverage_html", found)
    return found


def comes_back(page: Page, restarting: Restarting) -> None:
    page.goto(reverse("coverage"))
    expect(page.locator("h1")).to_have_text("Evenkeel is away for a moment")
    check_looks(page)
    expect(page.locator("h1")).not_to_have_text("Evenkeel is away for a moment", timeout=30_000)
    assert restarting.asked > restarting.times


def test_with_javascript(page: Page, restarting: Restarting, edition_row: object) -> None:
    comes_back(page, restarting)


def test_without_javascript(no_script_page: Page, restarting: Restarting, edition_row: object) -> None:
    no_script_page.goto(reverse("coverage"))
    expect(no_script_page.locator("h1")).to_have_text("Evenkeel is away for a moment")
    expect(no_script_page.locator("h1")).not_to_have_text("Evenkeel is away for a moment", timeout=30_000)
    assert restarting.asked > restarting.times
