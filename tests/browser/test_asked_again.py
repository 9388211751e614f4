"""Going through it again with one click an answer, and a question asked again after a result."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.bank.types import Depth
from assessments.models import Assessment, EditionRow
from assessments.queries import answers_of, taken_over_among
from assessments.services.runs import restart_assessment
from tests.browser.conftest import NewPage
from tests.browser.journey import open_add
from tests.factories import OrganisationFactory, member
from tests.runs import asked_questions, finished_run

SignIn = Callable[[Page, User], None]
QUESTION = "ACCESS-02"


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie", email="amelie@example.org")


@pytest.fixture
def finished(owner: User) -> Assessment:
    return finished_run(owner.memberships.get().organisation, Depth.STANDARD, 1, by=owner).assessment


@pytest.fixture
def again(finished: Assessment, owner: User) -> Assessment:
    return restart_assessment(finished=finished, started_by=owner, now=timezone.now())


def waiting(run: Assessment) -> frozenset[str]:
    return taken_over_among(answers_of(run).values())


def test_one_click_confirms_an_answer_and_what_was_typed_is_saved_with_it(
    page: Page, again: Assessment, owner: User, sign_in: SignIn
) -> None:
    sign_in(page, owner)
    page.goto(f"/assessments/{again.pk}/domains/ACCESS/")
    asked = len(asked_questions(again))
    expect(page.locator("#progress")).to_contain_text(f"0 of {asked} answered, {asked} taken over")
    question = page.locator(f"#{QUESTION}")
    open_add(question)
    question.get_by_label("Note for yourself").fill("Bo looked")
    question.get_by_role("button", name="Yes, still true").click()
    expect(question.locator(".taken-over")).to_have_count(0)
    expect(question.locator(".saved")).to_be_visible()
    expect(page.locator("#progress")).to_contain_text(f"1 of {asked} answered, {asked - 1} taken over")
    row = again.answers.get(question=QUESTION)
    assert (row.note, row.level, row.taken_over_from) == ("Bo looked", 1, None)
    # The page goes on saving what is typed afterwards.
    question.get_by_label("Note for yourself").fill("Bo looked twice")
    question.get_by_label("Note for yourself").blur()
    expect(question.locator(".saved")).to_be_visible()
    assert again.answers.get(question=QUESTION).note == "Bo looked twice"


def test_choosing_another_answer_takes_the_mark_away(
    page: Page, again: Assessment, owner: User, sign_in: SignIn
) -> None:
    sign_in(page, owner)
    page.goto(f"/assessments/{again.pk}/domains/ACCESS/")
    question = page.locator(f"#{QUESTION}")
    question.locator('input[type=radio][value="3"]').check()
    expect(question.locator(".taken-over")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_one_click_confirms_a_domain(
    javascript: bool, new_page: NewPage, again: Assessment, owner: User, sign_in: SignIn
) -> None:
    page = new_page(javascript=javascript, width=360)
    sign_in(page, owner)
    page.goto(f"/assessments/{again.pk}/domains/ACCESS/")
    if not javascript:
        page.locator(f"#{QUESTION}").get_by_role("button", name="Yes, still true").click()
        assert page.url.endswith(f"/domains/ACCESS/#{QUESTION}")
        assert QUESTION not in waiting(again)
    page.get_by_role("button", name="still true: confirm and continue").click()
    page.wait_for_url(lambda url: "/domains/ACCESS/" not in url)
    here = {question.id for question in asked_questions(again) if question.domain == "ACCESS"}
    assert not waiting(again) & here


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_question_asked_again_to_an_interim_result(
    javascript: bool, new_page: NewPage, finished: Assessment, owner: User, sign_in: SignIn
) -> None:
    page = new_page(javascript=javascript, width=360)
    sign_in(page, owner)
    page.goto(f"/organisations/{finished.organisation_id}/again/{QUESTION}/")
    expect(page.get_by_role("complementary")).to_contain_text("Result of 21 November 2026")
    page.locator('input[type=radio][value="4"]').check()
    page.get_by_role("button", name="Save this answer").click()
    expect(page.locator("main")).to_contain_text("Since your result of 21 November 2026: 1 better")
    page.get_by_role("button", name="Make an interim result").click()
    expect(page.locator("main")).to_contain_text("Interim result of")
    expect(page.locator("main")).to_contain_text("Given or confirmed for this result: 1.")
