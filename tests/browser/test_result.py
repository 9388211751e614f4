"""The result as a page for Monday morning, and what-if, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.models import EditionRow, Result
from tests.browser.conftest import NewPage
from tests.factories import OrganisationFactory, member
from tests.runs import answered_run, asked_questions, finish, give

SignIn = Callable[[Page, User], None]
PHONE = {"width": 360, "height": 740}
# What has the focus can be seen: nothing lies over its middle.
ON_TOP = """() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === document.activeElement;
}"""


@pytest.fixture
def result(edition_row: EditionRow, transactional_db: None) -> Result:
    run = answered_run(OrganisationFactory.create(name="Bakery"), by=member(OrganisationFactory.create()), levels=3)
    for question in [own.id for own in asked_questions(run)][::3]:
        give(run, question, 1)
    return finish(run)


def owner_of(result: Result) -> User:
    return member(result.assessment.organisation)


def test_the_first_screen_of_a_phone_says_what_to_do_first(new_page: NewPage, sign_in: SignIn, result: Result) -> None:
    page = new_page(width=PHONE["width"])
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    sign_in(page, owner_of(result))
    page.goto(f"/assessments/{result.assessment_id}/result/")

    for part in (page.locator(".judgement"), page.locator(".numbers"), page.locator("#step-1 h3")):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_step_can_be_sent_to_the_it_helper(
    javascript: bool, new_page: NewPage, sign_in: SignIn, result: Result
) -> None:
    page = new_page(javascript=javascript)
    sign_in(page, owner_of(result))
    page.goto(f"/assessments/{result.assessment_id}/result/")

    card = page.locator("#step-1")
    card.get_by_text("Copy as message").click()

    message = card.get_by_role("textbox")
    expect(message).to_be_visible()
    assert card.locator("h3").inner_text() in message.input_value()
    expect(message).to_have_attribute("readonly", "")


def test_what_changes_shows_as_soon_as_a_step_is_ticked(new_page: NewPage, sign_in: SignIn, result: Result) -> None:
    page = new_page()
    sign_in(page, owner_of(result))
    page.goto(f"/assessments/{result.assessment_id}/result/")
    page.get_by_role("link", name="What if? Tick steps and see what changes").click()
    outcome = page.get_by_role("region", name="What changes")
    expect(outcome).to_contain_text("Nothing is ticked yet")

    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")

    expect(outcome).to_contain_text("1 step,")
    expect(outcome).to_contain_text("→")
    page.get_by_role("checkbox").first.uncheck()
    expect(outcome).to_contain_text("Nothing is ticked yet")


def test_the_keyboard_does_not_go_behind_what_changes(new_page: NewPage, sign_in: SignIn, result: Result) -> None:
    page = new_page(width=PHONE["width"])
    sign_in(page, owner_of(result))
    page.goto(f"/assessments/{result.assessment_id}/result/what-if/")
    boxes = page.get_by_role("checkbox")
    boxes.first.focus()

    for number in range(boxes.count()):
        expect(boxes.nth(number)).to_be_focused()
        assert page.evaluate(ON_TOP), number
        page.keyboard.press("Tab")


def test_what_changes_shows_after_a_button_without_javascript(
    no_script_page: Page, sign_in: SignIn, result: Result
) -> None:
    sign_in(no_script_page, owner_of(result))
    no_script_page.goto(f"/assessments/{result.assessment_id}/result/what-if/")
    no_script_page.get_by_role("checkbox").nth(1).check()
    no_script_page.get_by_role("button", name="Show what changes").click()

    expect(no_script_page.get_by_role("region", name="What changes")).to_contain_text("1 step,")
    expect(no_script_page.get_by_role("checkbox").nth(1)).to_be_checked()
