"""Answering as a person meets it: what a page is made of, filters, resuming, going back, the first page's weight."""

import gzip
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from accounts.models import Role, User
from assessments.bank.types import Depth
from assessments.models import Answer, Assessment, EditionRow
from tests.browser.conftest import NewPage
from tests.browser.journey import open_add
from tests.factories import OrganisationFactory, member
from tests.runs import asked_questions, give, scoped_run, started_run

SignIn = Callable[[Page, User], None]
MOST_BYTES, MOST_REQUESTS = 100_000, 10


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie")


@pytest.fixture
def run(owner: User) -> Assessment:
    """At a depth that asks several questions in each domain."""
    return scoped_run(owner.memberships.get().organisation, by=owner, depth=Depth.STANDARD)


@pytest.fixture
def mine(page: Page, run: Assessment, owner: User, sign_in: SignIn) -> Page:
    sign_in(page, owner)
    return page


def domain_url(run: Assessment, code: str = "ACCESS") -> str:
    return f"/assessments/{run.pk}/domains/{code}/"


def choice(page: Page, question: str, value: object) -> None:
    """What is answered already is opened first."""
    folded = page.locator(f"#{question} .question__folded:not([open]) > summary")
    if folded.count():
        folded.click()
    page.locator(f'#{question} input[type=radio][value="{value}"]').check()


def test_each_question_is_a_group_with_its_words_and_nothing_preselected(mine: Page, run: Assessment) -> None:
    mine.goto(domain_url(run))
    asked = [question for question in asked_questions(run) if question.domain == "ACCESS"]
    expect(mine.locator("section.question fieldset")).to_have_count(len(asked))
    expect(mine.locator("input[type=radio]:checked")).to_have_count(0)
    for question in asked:
        group = mine.get_by_role("group", name=question.text)
        expect(group.get_by_role("radio")).to_have_count(6 + group.locator('input[value="na"]').count())
        expect(group.get_by_role("radio", name="I don't know, or nobody has looked")).to_be_visible()


def test_proof_is_asked_for_at_the_upper_levels_alone(mine: Page, run: Assessment) -> None:
    mine.goto(domain_url(run))
    open_add(mine.locator("#ACCESS-02"))
    proof = mine.locator("#ACCESS-02").get_by_label("What could you show as proof")
    expect(proof).to_be_hidden()
    choice(mine, "ACCESS-02", 3)
    expect(proof).to_be_visible()
    choice(mine, "ACCESS-02", 2)
    expect(proof).to_be_hidden()


def test_filters(mine: Page, run: Assessment) -> None:
    give(run, "ACCESS-02", 3)
    give(run, "ACCESS-03", kind="unknown")
    mine.goto(domain_url(run))
    shown = mine.locator("section.question")
    asked = shown.count()
    mine.get_by_role("link", name="Unanswered").click()
    expect(shown).to_have_count(asked - 2)
    expect(mine.get_by_role("link", name="Unanswered")).to_have_attribute("aria-current", "true")
    mine.get_by_role("link", name="“Don’t know”").click()
    expect(shown).to_have_count(1)
    expect(mine.locator("#ACCESS-03")).to_be_visible()
    mine.get_by_role("link", name="All", exact=True).click()
    expect(shown).to_have_count(asked)


def test_one_goes_on_where_one_left_off(mine: Page, run: Assessment) -> None:
    mine.goto(domain_url(run))
    choice(mine, "ACCESS-02", 2)
    expect(mine.locator("#ACCESS-02 .saved")).to_be_visible()
    mine.goto("/home/")
    mine.get_by_role("link", name="Continue").click()
    mine.get_by_role("link", name="Continue where you left off").click()
    expect(mine).to_have_url(re.compile(re.escape(domain_url(run)) + "#ACCESS-03$"))
    expect(mine.locator("#ACCESS-03")).to_be_in_viewport()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_what_is_answered_is_one_line_and_opens(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn, javascript: bool
) -> None:
    give(run, "ACCESS-02", 1)
    page = new_page(javascript=javascript)
    sign_in(page, owner)
    page.goto(domain_url(run))
    answered = next(own for own in asked_questions(run) if own.id == "ACCESS-02")
    line = page.locator("#ACCESS-02 summary").first
    expect(line).to_contain_text(answered.text)
    expect(line).to_contain_text(answered.levels[1])
    expect(page.locator("#ACCESS-02 .levels")).to_be_hidden()
    choice(page, "ACCESS-02", 2)
    if javascript:
        expect(page.locator("#ACCESS-02 .saved")).to_be_visible()
        line.click()
        expect(line).to_contain_text(answered.levels[2])
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h1")).not_to_have_text("Who gets in")
    assert Answer.objects.get(assessment=run, question="ACCESS-02").level == 2


def test_an_address_opens_the_answer_it_leads_to(mine: Page, run: Assessment) -> None:
    give(run, "ACCESS-02", 1)
    mine.goto(domain_url(run) + "#ACCESS-02")
    expect(mine.locator("#ACCESS-02 .levels")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_going_back_shows_what_is_stored(
    new_page: Callable[..., Page], run: Assessment, owner: User, sign_in: SignIn, javascript: bool
) -> None:
    """And an answer changed there is a change, not a conflict."""
    page = new_page(javascript=javascript)
    sign_in(page, owner)
    page.goto(domain_url(run))
    choice(page, "ACCESS-02", 1)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h1")).not_to_have_text("Who gets in")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Who gets in")
    expect(page.locator('#ACCESS-02 input[type=radio][value="1"]')).to_be_checked()
    choice(page, "ACCESS-02", 2)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h1")).not_to_have_text("Who gets in")
    assert Answer.objects.get(assessment=run, question="ACCESS-02").level == 2


def test_who_only_looks_cannot_change_anything(page: Page, run: Assessment, owner: User, sign_in: SignIn) -> None:
    give(run, "ACCESS-02", 3)
    viewer = member(run.organisation, Role.VIEWER)
    sign_in(page, viewer)
    page.goto(domain_url(run))
    expect(page.locator('#ACCESS-02 input[type=radio][value="3"]')).to_be_checked()
    expect(page.locator("section.question input:enabled, section.question textarea:enabled")).to_have_count(0)
    expect(page.get_by_role("button", name="Save and continue")).to_have_count(0)


@pytest.mark.parametrize("alone", ["None of these", "Not sure"])
def test_none_of_these_and_not_sure_put_out_the_other_choices(mine: Page, owner: User, alone: str) -> None:
    new_run = started_run(OrganisationFactory.create(), by=owner)
    owner.memberships.create(organisation=new_run.organisation, role=Role.OWNER)
    mine.goto(f"/assessments/{new_run.pk}/scope/serve/")
    group = mine.get_by_role("group", name="Do you sell or offer anything")
    group.get_by_role("checkbox", name="United Kingdom").check()
    group.get_by_role("checkbox", name=alone).check()
    expect(group.get_by_role("checkbox", name="United Kingdom")).not_to_be_checked()
    group.get_by_role("checkbox", name="United Kingdom").check()
    expect(group.get_by_role("checkbox", name=alone)).not_to_be_checked()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_does_not_know_reads_how_to_find_out(
    new_page: NewPage, run: Assessment, owner: User, sign_in: SignIn, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    sign_in(page, owner)
    page.goto(domain_url(run))
    question = page.locator("#ACCESS-02")
    hint = question.locator(".question__find-out")
    expect(hint).to_be_hidden()
    choice(page, "ACCESS-02", "unknown")
    expect(hint).to_contain_text("How to find out, in about")
    expect(hint).to_be_visible()
    choice(page, "ACCESS-02", 2)
    expect(hint).to_be_hidden()
    question.get_by_text("What this means").click()
    expect(question.locator(".question__more .details-body")).to_contain_text("How to find out, in about")


def test_moments_are_shown_in_the_readers_time(mine: Page, run: Assessment) -> None:
    give(run, "ACCESS-02", 3)
    mine.clock.set_fixed_time("2026-11-25T08:00:00Z")
    mine.goto(domain_url(run))
    expect(mine.locator("#ACCESS-02 .saved")).to_have_text("Saved 21 November 2026, 15:02")
    mine.clock.set_fixed_time("2026-11-21T20:00:00Z")
    mine.reload()
    expect(mine.locator("#ACCESS-02 .saved")).to_have_text("Saved 15:02")


def test_without_script_moments_name_their_zone(
    no_script_page: Page, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    give(run, "ACCESS-02", 3)
    sign_in(no_script_page, owner)
    no_script_page.goto(domain_url(run))
    expect(no_script_page.locator("#ACCESS-02 .saved")).to_have_text("Saved 21 November 2026, 14:02 UTC")


def test_the_first_page_of_questions_is_light(mine: Page, run: Assessment) -> None:
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    mine.on("response", keep)
    mine.goto(domain_url(run, "GOV"))
    mine.wait_for_load_state("networkidle")
    assert len(answers) <= MOST_REQUESTS, [answer.url for answer in answers]
    assert sum(len(gzip.compress(answer.body())) for answer in answers) <= MOST_BYTES
