"""The quick check in a browser: how many screens and clicks it takes, on a phone, on a desktop, without JavaScript."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from assessments.guest.services.sharing import SharedBy, share_check
from assessments.models import EditionRow, SharedCheck
from tests.browser.accessibility import check_looks, scrolls_sideways
from tests.browser.conftest import NewPage
from tests.factories import PASSWORD, BrandFactory, ConsultancyFactory, member
from tests.guest.guests import Guest, check_link

MOST_CLICKS, MOST_SCREENS_TO_INSIGHT = 25, 8


@dataclass
class Counted:
    """What a person does on a page: each click, and each screen that comes of it. The landing page is one of each."""

    page: Page
    screens: int = 1
    clicks: int = 1

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.screens += 1

    def choose(self, of: Locator, value: str) -> None:
        """Open a list, choose in it."""
        of.select_option(value)
        self.clicks += 2

    def tick(self, box: Locator) -> None:
        box.check()
        self.clicks += 1

    def go(self, to: Locator) -> None:
        before = self.page.url
        to.click()
        expect(self.page).not_to_have_url(before)
        self.clicks += 1
        self.screens += 1


def tell_facts(counted: Counted) -> None:
    page = counted.page
    counted.choose(page.get_by_label("Where is your business?"), "us_tx")
    counted.tick(page.get_by_role("radio", name="Only me"))
    counted.go(page.get_by_role("button", name="Continue"))
    counted.tick(page.get_by_role("checkbox", name=re.compile("^Ready-made AI tools")))
    counted.go(page.get_by_role("button", name="Continue"))


def answer(counted: Counted, line: int) -> None:
    """The button is the answer: one click."""
    counted.go(counted.page.locator(".guest-answer").nth(line))


@pytest.mark.parametrize(("width", "javascript"), [(360, True), (1280, True), (360, False)])
def test_an_insight_within_eight_screens_and_all_within_25_clicks(
    new_page: NewPage, edition_row: EditionRow, transactional_db: None, width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript)
    counted = Counted(page)
    counted.open("/check/")
    assert page.context.cookies() == []
    counted.go(page.get_by_role("link", name="Begin"))
    tell_facts(counted)
    for line, number in ((3, 1), (0, 2), (5, 3)):
        expect(page.locator(".eyebrow")).to_have_text(f"{number} of 8")
        answer(counted, line)
    expect(page.locator("h1")).to_have_text("What your first answers say")
    assert counted.screens <= MOST_SCREENS_TO_INSIGHT, counted.screens
    counted.go(page.get_by_role("link", name="Go on"))
    for _ in range(5):
        assert not scrolls_sideways(page)
        answer(counted, 2)
    expect(page.locator("h1")).to_have_text("What your check says")
    expect(page.locator(".guest-steps > li")).to_have_count(3)
    assert counted.clicks <= MOST_CLICKS, counted.clicks
    page.get_by_role("link", name="Change answers").click()
    expect(page.locator(".guest-answer[aria-current]")).to_contain_text("your answer")
    page.go_back()
    page.get_by_role("button", name="Delete this now").click()
    expect(page.locator("h1")).to_have_text("Deleted")


def test_every_page_of_it_looks_right(new_page: NewPage, edition_row: EditionRow, transactional_db: None) -> None:
    """With the look of a consultancy, errors, sharing, and what the consultancy then sees."""
    consultancy = ConsultancyFactory.create(name="Clear Advice and Partners of the Upper Valley")
    BrandFactory.create(consultancy=consultancy, contact="Ring us: 01 23 45 67")
    link = check_link(consultancy, member(consultancy))
    page = new_page()
    page.goto(f"/check/with/{link.key}/")
    check_looks(page)
    page.get_by_role("link", name="Begin").click()
    check_looks(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#error-summary")).to_be_focused()
    check_looks(page)
    counted = Counted(page)
    tell_facts(counted)
    answer(counted, 3)
    check_looks(page)
    answer(counted, 0)
    answer(counted, 5)
    check_looks(page)
    page.get_by_role("link", name="Go on").click()
    left_out(page)
    for _ in range(5):
        answer(counted, 1)
    check_looks(page)
    page.get_by_role("link", name="See what would be shared").click()
    check_looks(page)
    page.get_by_role("button", name="Share it").click()
    check_looks(page)
    page.get_by_label("Name of your business").fill("Bakery by the Quay")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    check_looks(page)
    assert SharedCheck.objects.get().business == "Bakery by the Quay"


def left_out(page: Page) -> None:
    """A question that does not apply asks for a reason, where it is offered at all."""
    if not page.get_by_text("Doesn’t apply to us").count():
        return
    page.get_by_text("Doesn’t apply to us").click()
    page.get_by_role("button", name="It doesn’t apply").click()
    expect(page.locator("#error-summary")).to_be_visible()
    check_looks(page)


def test_the_consultancys_pages_look_right(
    page: Page, edition_row: EditionRow, transactional_db: None, sign_in: Callable[[Page, User], None]
) -> None:
    consultancy = ConsultancyFactory.create()
    adviser: User = member(consultancy)
    link = check_link(consultancy, adviser, "A name without end " * 4)

    check = Guest().answer_all(link=link).check
    by = SharedBy("Bakery", "ann.of.the.long.name@bakery-by-the-quay.example.org", "01 23 45 67")
    shared = share_check(check=check, link=link, by=by, now=timezone.now())
    sign_in(page, adviser)
    for path in ("check-links/", "shared-checks/", f"shared-checks/{shared.pk}/", f"shared-checks/{shared.pk}/delete/"):
        page.goto(f"/consultancies/{consultancy.pk}/{path}")
        check_looks(page)


def test_keep_this_goes_from_the_end_of_the_check_into_an_assessment(
    page: Page, edition_row: EditionRow, transactional_db: None
) -> None:
    page.goto("/check/about-you/1/")
    counted = Counted(page)
    tell_facts(counted)
    for number in range(1, 9):
        answer(counted, 1)
        if number == 3:
            page.get_by_role("link", name="Go on").click()
    page.get_by_role("link", name="Keep this: make an account").click()
    page.get_by_label("E-mail address").fill("ann@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name of your business").fill("Bakery by the Quay")
    page.get_by_role("button", name="Create my account").click()
    expect(page.locator("h1")).to_have_text("Keep your quick check")
    check_looks(page)
    page.get_by_role("button", name=re.compile("^Quick")).click()
    expect(page.get_by_text("Your quick check is kept.")).to_be_visible()
