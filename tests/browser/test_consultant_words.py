"""Writing for a client's report in a browser: pages, a snippet put in, a conflict."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.audit import Actor
from accounts.models import User
from assessments.models import EditionRow, Result
from reports.consultant_words.services import add_step, write_text
from reports.consultant_words.snippets import SnippetTerms, add_snippet
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText
from tests.browser.accessibility import check_looks
from tests.collaboration import consultant
from tests.factories import OrganisationFactory
from tests.runs import NOW, asked_questions, finished_run

pytestmark = pytest.mark.long
SignIn = Callable[[Page, User], None]
UNBROKEN = "Kundendatenverzeichnispflegeverantwortung" * 6


@pytest.fixture
def result(edition_row: EditionRow, transactional_db: None) -> Result:
    return finished_run(OrganisationFactory.create(name="Boulangerie Lumière"), levels=2)


@pytest.fixture
def adviser(result: Result) -> User:
    return consultant(result.assessment)


def summarise(result: Result, adviser: User, text: str, seen_version: int = 0) -> None:
    given = {"place": TextPlace.SUMMARY, "domain": "", "seen_version": seen_version, "by": Actor(adviser), "now": NOW}
    write_text(result=result, text=text, **given)  # type: ignore[arg-type]


def test_every_page_looks_right(page: Page, result: Result, adviser: User, sign_in: SignIn) -> None:
    question = asked_questions(result.assessment)[0]
    consultancy, by = adviser.memberships.get().organisation, Actor(adviser)
    bank, terms = result.assessment.edition.bank, SnippetTerms(question.id, 2, f"Begin with a list. {UNBROKEN}")
    snippet = add_snippet(consultancy=consultancy, bank=bank, terms=terms, by=by, now=NOW)
    step = add_step(result=result, title=f"A visit {UNBROKEN}"[:150], text=UNBROKEN, by=by, now=NOW)
    summarise(result, adviser, f"שלום!\n{UNBROKEN} 👍")
    sign_in(page, adviser)
    words, snippets = f"/assessments/{result.assessment_id}/words/", f"/consultancies/{consultancy.pk}/snippets/"
    for path in (
        *(
            words,
            f"{words}summary/",
            f"{words}domains/{question.domain}/",
            f"{words}steps/",
            f"{words}steps/{step.pk}/",
        ),
        *(f"{words}steps/{step.pk}/remove/", snippets, f"{snippets}add/", f"{snippets}{snippet.pk}/"),
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        check_looks(page)


def test_a_snippet_is_put_in_and_changed(page: Page, result: Result, adviser: User, sign_in: SignIn) -> None:
    question = asked_questions(result.assessment)[0]
    consultancy, bank = adviser.memberships.get().organisation, result.assessment.edition.bank
    terms = SnippetTerms(question.id, 2, "Begin with a list.")
    add_snippet(consultancy=consultancy, bank=bank, terms=terms, by=Actor(adviser), now=NOW)
    sign_in(page, adviser)
    page.goto(f"/assessments/{result.assessment_id}/result/")
    page.get_by_role("link", name="Write for the client’s report").click()
    page.locator(f"#domain-{question.domain}").locator("..").get_by_role("link").click()
    page.get_by_label("Your words").fill("Well begun.")
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_label("Your words")).to_have_value("Well begun.\n\nBegin with a list.")
    expect(page.get_by_text("We kept what you typed here")).to_have_count(0)
    check_looks(page)
    page.get_by_label("Your words").fill("Well begun. Begin with a walk.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".words-box")).to_contain_text("Begin with a walk.")
    assert ConsultantText.objects.get().text == "Well begun. Begin with a walk."


def test_a_conflict_and_an_error_look_right(page: Page, result: Result, adviser: User, sign_in: SignIn) -> None:
    sign_in(page, adviser)
    page.goto(f"/assessments/{result.assessment_id}/words/summary/")
    summarise(result, adviser, "From the other tab")
    page.get_by_label("Your words").fill("From this tab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("From the other tab")
    expect(page.get_by_label("Your words")).to_have_value("From this tab")
    check_looks(page)
    page.get_by_label("Your words").fill("w" * 1_501)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#error-summary")).to_be_visible()
    check_looks(page)
