"""Three businesses from the first page to their result, with all that they see and do counted (docs/journeys.md)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import EditionRow
from tests.browser.accessibility import scrolls_sideways
from tests.browser.conftest import NewPage
from tests.browser.journey_counts import PATIENCE_MILLISECONDS, Cost, CountedJourney
from tests.factories import PASSWORD

pytestmark = pytest.mark.long

WHAT_APPLIES, CHECK_ANSWERS = "What applies to you", "Check your answers"
MOST_SCREENS_TO_INSIGHT, MOST_CLICKS_TO_INSIGHT, MOST_CLICKS_FOR_SCOPE = 8, 25, 12
PHONE, DESKTOP = 360, 1280


@dataclass(frozen=True)
class Business:
    """`facts` are what no trade assumes; `most` is what the way to the result may cost, the result page left out.

    The words have a tenth to spare: what is said about laws changes with the day.
    """

    width: int
    javascript: bool
    country: str
    people: str
    trade: str
    facts: dict[str, str]
    most: Cost


BUSINESSES = {
    "copywriter in Texas": Business(
        DESKTOP,
        True,
        "us_tx",
        "no",
        "writer",
        {"ai": "tools", "ai_data": "no", "ai_does": "media", "california": "no"},
        Cost(25, 38, 4_200),
    ),
    "dentist in Manchester": Business(
        PHONE,
        True,
        "gb_eng",
        "to9",
        "dentist",
        {"ai": "features", "ai_data": "yes", "ai_does": "none", "habits": "none", "trackers": "none"},
        Cost(31, 44, 5_000),
    ),
    "shop in Valencia": Business(
        PHONE,
        False,
        "es",
        "to9",
        "online_shop",
        {"ai": "tools", "ai_data": "no", "ai_does": "media"},
        Cost(32, 56, 5_000),
    ),
}


@pytest.mark.parametrize("name", BUSINESSES)
def test_a_journey_costs_no_more_than_we_say(
    new_page: NewPage, edition_row: EditionRow, name: str, record_property: Callable[[str, object], None]
) -> None:
    business = BUSINESSES[name]
    page = new_page(width=business.width, javascript=business.javascript)
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    way = CountedJourney(page, visit=fits)
    check_in_five_minutes(way, business)
    keep(way)
    tell_scope(way, business)
    answer_all(way, business)
    way.leave(page.get_by_role("button", name="Finish and see the result"))
    way.stage("result")
    way.see()
    expect(page.locator("h1")).to_have_text("Where you stand")
    for stage, cost in way.stages.items():
        record_property(stage, f"{cost.screens} screens, {cost.clicks} clicks, {cost.words} words")
    insight, whole = way.until("first insight"), way.until("check")
    assert insight.screens <= MOST_SCREENS_TO_INSIGHT
    assert insight.clicks <= MOST_CLICKS_TO_INSIGHT
    assert way.stages["scope"].clicks <= MOST_CLICKS_FOR_SCOPE
    assert whole.screens <= business.most.screens
    assert whole.clicks <= business.most.clicks
    assert whole.words <= business.most.words


def fits(page: Page) -> None:
    assert not scrolls_sideways(page), page.url


def check_in_five_minutes(way: CountedJourney, business: Business) -> None:
    page, to_continue = way.page, way.page.get_by_role("button", name="Continue")
    way.stage("landing")
    page.goto("/")
    way.see()
    way.leave(page.get_by_role("link", name="Check in five minutes"))
    way.stage("first insight")
    way.see()
    way.choose("country", business.country)
    way.tick("people", business.people)
    way.go(to_continue)
    way.tick("ai", business.facts["ai"])
    way.go(to_continue)
    for line in (2, 1, 3):
        way.go(page.locator(".guest-answer").nth(line))
    expect(page.locator("h1")).to_have_text("What your first answers say")
    way.leave(page.get_by_role("link", name="Go on"))
    way.stage("rest of the quick check")
    way.see()
    for line in (2, 0, 2, 1, 3):
        way.go(page.locator(".guest-answer").nth(line))
    expect(page.locator("h1")).to_have_text("What your check says")


def keep(way: CountedJourney) -> None:
    page = way.page
    way.leave(page.get_by_role("link", name="Keep this: make an account"))
    way.stage("keep")
    way.see()
    way.fill("E-mail address", "ann@example.org")
    way.fill("Password", PASSWORD)
    way.fill("Name of your business", "Plain Words")
    way.go(page.get_by_role("button", name="Create my account"))
    way.leave(page.get_by_role("button", name=re.compile("^Quick")))


def tell_scope(way: CountedJourney, business: Business) -> None:
    """The trade, then what it does not assume. Place, people and AI are known from the quick check."""
    page, submit = way.page, way.page.locator("form.scope-form button[type=submit]")
    way.stage("scope")
    way.see()
    expect(page.locator("select[name=country]")).to_have_value(business.country)
    way.choose("trade", business.trade)
    way.leave(submit)
    while way.heading != WHAT_APPLIES:
        way.see()
        for name, value in business.facts.items():
            asked = f"input[name={name}]"
            if page.locator(f"{asked}:visible").count() and not page.locator(f"{asked}:checked").count():
                way.tick(name, value)
        way.leave(submit)
    way.stage("what applies")
    way.see()
    way.leave(page.get_by_role("link", name="Continue", exact=True))


def answer_all(way: CountedJourney, business: Business) -> None:
    """What the quick check left open, domain by domain, by keys on a desktop and by thumb on a phone."""
    way.stage("questions")
    while way.heading != CHECK_ANSWERS:
        way.see()
        if business.width == DESKTOP:
            answer_by_keys(way)
        else:
            answer_by_thumb(way, moves_on=business.javascript)
    way.stage("check")
    way.see()
    expect(way.page.get_by_role("main")).not_to_contain_text("Not answered yet")


def answer_by_keys(way: CountedJourney) -> None:
    """A key answers and goes on to what is open, after the last question to the next page."""
    still_open = [question for question in way.page.locator("section.question").all() if not is_answered(question)]
    still_open[0].locator("input[type=radio]").first.focus()
    for question in still_open[:-1]:
        expect(question.locator("input[type=radio]").first).to_be_focused()
        way.key("3")
    way.leave_by_key("3")


def answer_by_thumb(way: CountedJourney, *, moves_on: bool) -> None:
    """A press answers and goes on; without JavaScript the button does."""
    page = way.page
    question = page.locator("section.question:visible")
    assert not is_answered(question)
    third = question.locator(".level label").nth(2)
    if moves_on:
        way.leave(third)
        return
    way.click(third)
    onward = page.locator(".question-screen__go .btn-primary:visible")
    way.leave(onward if onward.count() else page.locator(".answers__end .btn-primary"))


def is_answered(question: Locator) -> bool:
    return bool(question.locator("input[type=radio]:checked").count())
