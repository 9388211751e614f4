"""Answering on a phone: one question a screen, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from assessments.bank.types import Depth
from assessments.models import Answer, Assessment, EditionRow
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NewPage
from tests.browser.journey import open_add
from tests.factories import OrganisationFactory, member
from tests.runs import asked_questions, give, scoped_run

SignIn = Callable[[Page, User], None]
PHONE = 360
THUMB, HEADER = 44, 64


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie")


@pytest.fixture
def run(owner: User) -> Assessment:
    return scoped_run(owner.memberships.get().organisation, by=owner, depth=Depth.STANDARD)


def domain_url(run: Assessment, code: str = "ACCESS") -> str:
    return f"/assessments/{run.pk}/domains/{code}/"


def asked_in(run: Assessment, code: str = "ACCESS") -> list[str]:
    return [question.id for question in asked_questions(run) if question.domain == code]


def shown(page: Page) -> list[str]:
    sections = page.locator("section.question").all()
    return [each.get_attribute("id") or "" for each in sections if each.is_visible()]


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_one_question_a_screen_and_nothing_lost_on_the_way(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn, javascript: bool
) -> None:
    page = new_page(width=PHONE, javascript=javascript)
    sign_in(page, owner)
    page.goto(domain_url(run))
    first, second, *_, last = asked_in(run)
    assert shown(page) == [first]
    assert height(page.locator(".site-header")) < HEADER
    page.locator(f'#{first} input[type=radio][value="2"]').check()
    if not javascript:
        page.get_by_role("button", name="Next question").click()
    page.wait_for_url(f"**{domain_url(run)}#{second}")
    assert shown(page) == [second]
    page.locator(".question-screen__go button:visible", has_text="Back").click()
    page.wait_for_url(f"**#{first}")
    expect(page.locator(f'#{first} input[value="2"]')).to_be_checked()
    page.wait_for_function("() => !document.querySelector('.question--saving, .question--unsaved')")
    assert Answer.objects.get(assessment=run, question=first).level == 2
    page.goto(domain_url(run) + f"#{last}")
    assert shown(page) == [last]
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Answered: Who gets in")).to_be_visible()
    assert "#" not in page.url


def test_the_screen_is_made_for_thumbs_and_the_bar_stays(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    page = new_page(width=PHONE)
    sign_in(page, owner)
    page.goto(domain_url(run))
    question = asked_in(run)[0]
    for part in page.locator(f"#{question} :is(.level, .choice) label, .question-screen__go .btn").all():
        if part.is_visible():
            assert height(part) >= THUMB
    bar = page.locator(".run-progress")
    expect(bar).to_contain_text(f"0 of {len(asked_questions(run))} ·")
    page.evaluate("scrollTo(0, 400)")
    expect(bar).to_be_in_viewport()
    expect(page.locator(f"#{question} .question__code")).to_be_hidden()


def test_a_page_starts_at_the_first_open_question_and_an_address_leads_to_each(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    first, second, third, *_ = asked_in(run)
    give(run, first, 2)
    page = new_page(width=PHONE)
    sign_in(page, owner)
    page.goto(domain_url(run))
    assert shown(page) == [second]
    page.goto(domain_url(run) + f"#{third}")
    assert shown(page) == [third]
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("link", name="Settings")).to_be_visible()


def test_going_on_can_be_switched_off_and_is_said_before(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    page = new_page(width=PHONE)
    sign_in(page, owner)
    page.goto(domain_url(run))
    first, *_ = asked_in(run)
    expect(page.get_by_text("The line you press is saved, and the next question comes.")).to_be_visible()
    page.get_by_role("button", name="Going on: on").click()
    page.locator(f'#{first} input[type=radio][value="2"]').check()
    page.wait_for_function("() => document.querySelector('.saved')")
    assert shown(page) == [first]
    page.reload()
    expect(page.get_by_role("button", name="Going on: off")).to_be_visible()


def test_arrow_keys_in_a_narrow_window_only_look(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    page = new_page(width=PHONE)
    sign_in(page, owner)
    page.goto(domain_url(run))
    first, *_ = asked_in(run)
    page.locator(f"#{first} input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.querySelector('.saved')")
    assert shown(page) == [first]


def test_a_domain_that_is_answered_is_a_list(new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn) -> None:
    asked = asked_in(run)
    for question in asked:
        give(run, question, 2)
    page = new_page(width=PHONE)
    sign_in(page, owner)
    page.goto(domain_url(run))
    assert shown(page) == asked
    expect(page.locator(".question__line:visible")).to_have_count(len(asked))
    check_looks(page)


def test_a_conflict_is_settled_on_its_screen(new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn) -> None:
    _, second, *_ = asked_in(run)
    page = new_page(width=PHONE)
    sign_in(page, owner)
    page.goto(domain_url(run) + f"#{second}")
    give(run, second, 4)
    page.locator(f'#{second} input[type=radio][value="1"]').check()
    page.get_by_role("button", name="Keep theirs").click()
    expect(page.locator(f'#{second} input[value="4"]')).to_be_checked()
    assert shown(page) == [second]


def test_the_question_page_has_no_finding_with_what_was_earned_and_with_errors(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    give(run, asked_in(run, "GOV")[0], 3)
    page = new_page()
    sign_in(page, owner)
    page.goto(domain_url(run) + "?done=GOV")
    expect(page.get_by_role("heading", name="Answered:")).to_be_visible()
    check_looks(page)
    open_add(page.locator("section.question").first)
    page.get_by_label("Note for yourself").first.fill("one\n" * 200)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#error-summary")).to_contain_text("has 200 lines")
    check_looks(page)
