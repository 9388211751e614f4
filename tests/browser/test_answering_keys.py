"""One key an answer, and pages on paper."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from assessments.bank.types import Depth
from assessments.models import Answer, AnswerKind, Assessment, EditionRow
from tests.browser.journey import open_add, without_spaces
from tests.factories import OrganisationFactory, member
from tests.runs import asked_questions, give, scoped_run

SignIn = Callable[[Page, User], None]
SAVED = "() => !document.querySelector('.question--saving, .question--unsaved')"


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie")


@pytest.fixture
def run(owner: User) -> Assessment:
    return scoped_run(owner.memberships.get().organisation, by=owner, depth=Depth.STANDARD)


@pytest.fixture
def access(page: Page, run: Assessment, owner: User, sign_in: SignIn) -> Page:
    sign_in(page, owner)
    page.goto(f"/assessments/{run.pk}/domains/ACCESS/")
    expect(page.get_by_role("button", name="Keys: on")).to_be_visible()
    return page


@pytest.fixture
def asked(run: Assessment) -> list[str]:
    return [question.id for question in asked_questions(run) if question.domain == "ACCESS"]


def given(run: Assessment) -> dict[str, tuple[str, int | None]]:
    return {row.question: (row.kind, row.level) for row in Answer.objects.filter(assessment=run)}


def test_a_key_answers_and_goes_on(access: Page, run: Assessment, asked: list[str]) -> None:
    first, second, third, *_ = asked
    access.keyboard.press("3")
    expect(access.locator(f"#{second} input[type=radio]").first).to_be_focused()
    access.keyboard.press("Enter")
    access.keyboard.press("d")
    access.wait_for_function(SAVED)
    assert given(run) == {first: (AnswerKind.LEVEL, 2), third: (AnswerKind.UNKNOWN, None)}
    expect(access.locator(".answer-keys [role=status]")).to_contain_text("Chosen: I don't know")


def test_the_last_answer_goes_on_to_the_next_page(access: Page, run: Assessment, asked: list[str]) -> None:
    """What was answered before is passed over."""
    for question in asked[:-1]:
        give(run, question, 2)
    access.reload()
    access.keyboard.press("3")
    expect(access.get_by_role("heading", name="Answered: Who gets in")).to_be_visible()
    assert given(run)[asked[-1]] == (AnswerKind.LEVEL, 2)


def test_after_the_last_question_the_button_has_the_focus(access: Page, asked: list[str]) -> None:
    for _ in asked:
        access.keyboard.press("Enter")
    expect(access.get_by_role("button", name="Save and continue")).to_be_focused()


def test_n_asks_for_the_reason_where_a_question_may_be_left_out(access: Page, run: Assessment) -> None:
    tags = frozenset(run.tags)
    left_out = next(q for q in asked_questions(run) if q.domain == "ACCESS" and q.offers_not_applicable(tags))
    access.locator(f"#{left_out.id} input[type=radio]").first.focus()
    access.keyboard.press("n")
    reason = access.locator(f"#{left_out.id}").get_by_label("Why does this not apply")
    expect(reason).to_be_focused()
    access.keyboard.type("We have 1 door")
    reason.blur()
    access.wait_for_function(SAVED)
    assert given(run) == {left_out.id: (AnswerKind.NOT_APPLICABLE, None)}


def test_a_key_in_a_text_is_a_letter(access: Page, run: Assessment, asked: list[str]) -> None:
    question = access.locator(f"#{asked[0]}")
    open_add(question)
    question.get_by_label("Note for yourself").press_sequentially("1 d n")
    question.get_by_label("Note for yourself").blur()
    access.wait_for_function(SAVED)
    assert given(run) == {asked[0]: (AnswerKind.OPEN, None)}


def test_the_keys_can_be_switched_off_and_stay_off(access: Page, run: Assessment) -> None:
    access.get_by_role("button", name="Keys: on").click()
    access.locator("h1").click()
    access.keyboard.press("3")
    access.reload()
    expect(access.get_by_role("button", name="Keys: off")).to_have_attribute("aria-pressed", "false")
    access.keyboard.press("3")
    expect(access.locator("input[type=radio]:checked")).to_have_count(0)
    assert given(run) == {}


def test_the_page_moves_no_more_than_it_has_to(access: Page, asked: list[str]) -> None:
    """The next question is in sight as a whole, or from its beginning."""
    access.keyboard.press("3")
    box = access.locator(f"#{asked[1]}").bounding_box()
    assert box is not None
    assert box["y"] >= -1
    assert box["y"] + min(box["height"], 300) <= 900


def test_paper_has_the_whole_of_a_long_note_and_proof(access: Page, run: Assessment, asked: list[str]) -> None:
    lines = [f"line {number} of the note" for number in range(1, 61)]
    proof = "a proof of many words " * 20 + "and its end"
    give(run, asked[0], 3, note="\n".join(lines), evidence=proof)
    access.reload()
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(access.pdf())).pages]
    printed = without_spaces("".join(pages))
    for words in (*lines, "and its end"):
        assert without_spaces(words) in printed
    assert len(pages[0]) > 600
    access.goto(f"/assessments/{run.pk}/check/")
    checked = without_spaces("".join(page.extract_text() for page in PdfReader(io.BytesIO(access.pdf())).pages))
    assert without_spaces(lines[-1]) in checked
    assert "anditsend" in checked
