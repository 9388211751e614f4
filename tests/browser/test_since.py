"""What has changed between two results, and the trend: readable by everybody, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from assessments.bank.types import Depth
from assessments.models import EditionRow
from tests.browser.accessibility import check_looks
from tests.factories import OrganisationFactory, member
from tests.runs import answered_run, asked_questions, finish
from tests.since.running import finished_again

pytestmark = pytest.mark.browser
SignIn = Callable[[Page, User], None]


@pytest.fixture
def business(edition_row: EditionRow, transactional_db: None) -> Organisation:
    """Three results; the last is better in most things and worse in some."""
    shop = OrganisationFactory.create(name="Boulangerie Lumière")
    run = answered_run(shop, Depth.STANDARD, 1, by=member(shop))
    names = [question.id.replace("-", "_") for question in asked_questions(run)]
    half: dict[str, Any] = {**dict.fromkeys(names[:20], 2), names[30]: None}
    most: dict[str, Any] = {**dict.fromkeys(names[10:40], 3), **dict.fromkeys(names[2:4], 0)}
    finished_again(finished_again(finish(run), 60, **half), 150, **most)
    return shop


@pytest.mark.long
def test_both_pages_and_errors_look_right(page: Page, business: Organisation, sign_in: SignIn) -> None:
    sign_in(page, business.memberships.get().user)
    for path in ("since/", "since/?from=nothing", "trend/"):
        page.goto(f"/organisations/{business.pk}/{path}")
        check_looks(page)


def test_from_the_result_to_any_two_without_javascript(
    no_script_page: Page, business: Organisation, sign_in: SignIn
) -> None:
    page = no_script_page
    sign_in(page, business.memberships.get().user)
    page.goto(f"/organisations/{business.pk}/")
    page.get_by_role("link", name="Result of").first.click()
    page.get_by_role("link", name="Since your result of").click()
    expect(page.get_by_role("heading", name="What is better")).to_be_visible()
    expect(page.get_by_text("From 20 January 2027 to 20 April 2027")).to_be_visible()
    page.get_by_label("From").select_option(index=2)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("From 21 November 2026 to 20 April 2027")).to_be_visible()
    page.get_by_role("link", name="The trend over all results").click()
    expect(page.get_by_role("heading", name="Counts")).to_be_visible()
