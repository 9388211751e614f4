"""Two people and a consultant on one assessment: shared out, asked, answered, reviewed, frozen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.models import Answer, Assessment, Comment, EditionRow
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NewPage
from tests.browser.journey import open_add
from tests.collaboration import QUESTION, colleague, consultant
from tests.factories import OrganisationFactory, member
from tests.runs import give, scoped_run

SignIn = Callable[[Page, User], None]


@pytest.fixture
def run(edition_row: EditionRow, transactional_db: None) -> Assessment:
    bakery = OrganisationFactory.create(name="Boulangerie Lumière")
    return scoped_run(bakery, by=member(bakery, name="Camille Roux"))


def test_shared_out_asked_answered_and_reviewed(run: Assessment, new_page: NewPage, sign_in: SignIn) -> None:
    bo, noor = colleague(run), consultant(run)
    owner_page, bo_page, noor_page = new_page(), new_page(javascript=False), new_page()
    for page, person in ((owner_page, run.started_by), (bo_page, bo), (noor_page, noor)):
        sign_in(page, person)

    owner_page.goto(f"/assessments/{run.pk}/")
    owner_page.get_by_text("Share the work").click()
    owner_page.get_by_label("Who gets in").select_option(label="Bo Lindqvist")
    owner_page.get_by_role("button", name="Save who answers what").click()
    expect(owner_page.get_by_text("Bo Lindqvist answers")).to_be_visible()

    # Without JavaScript: from the list to the question, an answer, and a question back.
    bo_page.goto("/my-questions/")
    bo_page.get_by_role("link", name="Who gets in").click()
    expect(bo_page.get_by_text("Assigned to you")).to_be_visible()
    bo_page.locator(f'#{QUESTION} input[type=radio][value="2"]').check()
    bo_page.get_by_role("button", name="Save and continue").click()
    bo_page.goto(f"/assessments/{run.pk}/domains/ACCESS/")
    open_add(bo_page.locator(f"#{QUESTION}"))
    bo_page.locator(f"#talk-{QUESTION} summary").click()
    bo_page.locator(f"#talk-{QUESTION}").get_by_label("Your comment").fill("Does the till count?")
    bo_page.locator(f"#talk-{QUESTION}").get_by_label("Ask somebody").select_option(label="Camille Roux")
    bo_page.locator(f"#talk-{QUESTION}").get_by_role("button", name="Add the comment").click()
    expect(bo_page.get_by_text("Does the till count?")).to_be_visible()

    noor_page.goto(f"/assessments/{run.pk}/domains/ACCESS/")
    review = noor_page.locator(f"#review-{QUESTION}")
    review.get_by_text("Review this answer").click()
    review.get_by_role("button", name="Dispute").click()
    expect(noor_page.locator("#error-summary")).to_be_focused()
    check_looks(noor_page)
    review.get_by_label("Your note").fill("And the tablet?")
    review.get_by_role("button", name="Dispute").click()
    expect(review.get_by_text("Disputed")).to_be_visible()

    owner_page.goto("/my-questions/")
    expect(owner_page.get_by_text("Does the till count?")).to_be_visible()
    owner_page.locator(".task a").first.click()
    expect(owner_page.get_by_text("And the tablet?")).to_be_visible()
    owner_page.locator(f"#talk-{QUESTION}").get_by_role("button", name="Resolve").click()
    expect(owner_page.get_by_text("Resolved by Camille Roux")).to_be_visible()
    owner_page.goto("/my-questions/")
    expect(owner_page.get_by_text("Nothing is waiting for you")).to_be_visible()


def test_comments_and_autosave_keep_out_of_each_others_way(run: Assessment, page: Page, sign_in: SignIn) -> None:
    """What is typed into a comment is not sent with the answer, and sending it loses no answer."""
    give(run, QUESTION, 1)
    sign_in(page, run.started_by)
    page.goto(f"/assessments/{run.pk}/domains/ACCESS/")
    open_add(page.locator(f"#{QUESTION}"))
    page.locator(f"#talk-{QUESTION} summary").click()
    comment = page.locator(f"#talk-{QUESTION}").get_by_label("Your comment")
    comment.fill("For later")
    with page.expect_request("**/answers/**") as sent:
        page.locator(f'#{QUESTION} input[type=radio][value="3"]').check()
    assert "For+later" not in (sent.value.post_data or "")
    assert "comment" not in (sent.value.post_data or "")
    expect(page.locator(f"#{QUESTION} .save-state .saved")).to_be_visible()
    expect(comment).to_have_value("For later")
    page.locator(f"#talk-{QUESTION}").get_by_role("button", name="Add the comment").click()
    expect(page.locator(f"#talk-{QUESTION} .comment")).to_contain_text("For later")
    assert page.url.endswith(f"#talk-{QUESTION}")
    assert Answer.objects.get(question=QUESTION).level == 3
    assert Comment.objects.get().text == "For later"
