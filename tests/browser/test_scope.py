"""From the first scope page to what applies in at most twelve clicks, and the pages on the way as they look."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from accounts.models import User
from assessments.bank.types import Depth
from assessments.models import Assessment, EditionRow
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NewPage
from tests.factories import OrganisationFactory, member
from tests.runs import answered_run, started_run

SignIn = Callable[[Page, User], None]
MOST_CLICKS = 12
A4_WIDTH = 595  # points
PATIENCE_MILLISECONDS = 60_000
WHAT_APPLIES = "What applies to you"


@dataclass
class Counted:
    """Counts what a pointer does: each press, and for a list opening it and choosing."""

    page: Page
    clicks: int = 0
    visit: Callable[[Page], None] = field(default=lambda page: None)

    def press(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"select[name={name}]").select_option(value)
        self.clicks += 2

    def tick(self, name: str, value: str) -> None:
        self.press(self.page.locator(f"label[for={self._id(name, value)}]"))

    def _id(self, name: str, value: str) -> str:
        return str(self.page.locator(f"input[name={name}][value={value}]").get_attribute("id"))

    def heading(self) -> str:
        self.visit(self.page)
        return self.page.locator("h1").inner_text()


@dataclass(frozen=True)
class Business:
    """`answers` to what no trade assumes: AI, and what is asked last."""

    country: str
    people: str
    trade: str
    answers: dict[str, str]
    reads: str


BUSINESSES = {
    "copywriter in Texas": Business(
        "us_tx",
        "no",
        "writer",
        {"ai": "tools", "ai_data": "no", "ai_does": "media", "california": "no"},
        "Where you are, in Texas",
    ),
    "dental practice in England": Business(
        "gb_eng",
        "to9",
        "dentist",
        {"ai": "features", "ai_data": "yes", "ai_does": "none", "habits": "none", "trackers": "none"},
        "UK GDPR",
    ),
    "online shop in Spain": Business(
        "es", "to9", "online_shop", {"ai": "tools", "ai_data": "no", "ai_does": "media"}, "Agencia Española"
    ),
}


@pytest.fixture
def fresh(edition_row: EditionRow) -> Assessment:
    owner = member(OrganisationFactory.create(name="Plain Words"), name="Ann", email="ann@example.org")
    return started_run(owner.memberships.get().organisation, by=owner)


def walk(way: Counted, run: Assessment, business: Business) -> None:
    page = way.page
    page.goto(f"/assessments/{run.pk}/scope/", timeout=PATIENCE_MILLISECONDS)
    assert way.heading() == "Your business in three answers"
    way.choose("country", business.country)
    way.tick("people", business.people)
    way.choose("trade", business.trade)
    way.press(page.get_by_role("button", name="Continue"))
    expect(page.locator("h1")).to_contain_text("is that right?")
    while way.heading() != WHAT_APPLIES:
        before = page.url
        for name, value in business.answers.items():
            if page.locator(f"input[name={name}]").count():
                way.tick(name, value)
        way.press(page.locator("form.scope-form button[type=submit]"))
        expect(page).not_to_have_url(before, timeout=PATIENCE_MILLISECONDS)


@pytest.mark.parametrize("name", BUSINESSES)
def test_a_trade_takes_at_most_twelve_clicks(
    page: Page, sign_in: SignIn, fresh: Assessment, name: str, record_property: Callable[[str, object], None]
) -> None:
    sign_in(page, fresh.started_by)
    way = Counted(page)
    walk(way, fresh, BUSINESSES[name])
    record_property("clicks", way.clicks)
    assert way.clicks <= MOST_CLICKS
    expect(page.get_by_role("main")).to_contain_text(BUSINESSES[name].reads)


def test_the_pages_on_the_way_look_as_they_should(page: Page, sign_in: SignIn, fresh: Assessment) -> None:
    sign_in(page, fresh.started_by)
    walk(Counted(page, visit=check_looks), fresh, BUSINESSES["online shop in Spain"])
    page.goto(f"/organisations/{fresh.organisation_id}/laws/note/")
    check_looks(page)


def test_without_javascript_a_line_unfolds_and_what_is_changed_counts(
    new_page: NewPage, sign_in: SignIn, fresh: Assessment
) -> None:
    page = new_page(javascript=False, width=320)
    sign_in(page, fresh.started_by)
    page.goto(f"/assessments/{fresh.pk}/trade/", timeout=PATIENCE_MILLISECONDS)
    way, texas = Counted(page), BUSINESSES["copywriter in Texas"]
    way.choose("country", texas.country)
    way.tick("people", texas.people)
    way.choose("trade", texas.trade)
    way.press(page.get_by_role("button", name="Continue"))
    line = page.locator("section.assumed", has=page.locator("input[name=setup]"))
    expect(line.locator("input[name=setup]").first).not_to_be_visible()
    way.press(line.locator("summary"))
    way.tick("setup", "website")
    way.tick("setup", "none")
    way.tick("california", "few")
    way.tick("ai", "none")
    way.press(page.get_by_role("button", name="Yes, that is right"))
    fresh.refresh_from_db()
    assert fresh.facts["california"] == {"options": ["few"], "not_sure": False}
    assert fresh.facts["setup"] == {"options": ["none"], "not_sure": False}


def test_the_note_is_one_sheet_and_becomes_the_answer_when_confirmed(
    page: Page, sign_in: SignIn, edition_row: EditionRow
) -> None:
    run = answered_run(depth=Depth.STANDARD, levels={"GOV-01": 1})
    sign_in(page, run.started_by)
    page.goto(f"/organisations/{run.organisation_id}/laws/note/", timeout=PATIENCE_MILLISECONDS)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(sheet.mediabox.width)) for sheet in sheets] == [A4_WIDTH]
    page.get_by_role("link", name="Use this note as our answer").click()
    expect(page.get_by_role("main")).to_contain_text("Note “Which rules apply to us” of")
    page.get_by_role("button", name="We have read it and it is right: save this answer").click()
    expect(page.locator("#GOV-01 input[value='3']")).to_be_checked()
