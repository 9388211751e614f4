"""An edition is published while owners are at work: one takes it, one stays, and what is finished stays to the byte."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.bank.types import GateKind, Question
from assessments.editions import edition_of, read_edition_rows
from assessments.editor.services.places import Step
from assessments.editor.services.questions import add_question, move_question
from assessments.models import Answer, Assessment, EditionRow, Result
from tests.bank.making import gate, question
from tests.browser.conftest import NewPage
from tests.editor.changes import UNCOVERED, change, reword, uncover
from tests.factories import UserFactory
from tests.runs import NOW, answered_run, asked_questions, finished_run

pytestmark = pytest.mark.slow
SignIn = Callable[[Page, User], None]
CODE = "2026.1a"


def edited(draft: EditionRow, editor: User, changed: str) -> None:
    """One question reworded, one added with a gate, one moved, and an item that no question covers."""
    reword(draft, editor, changed)
    first = read_edition_rows(draft.pk).questions[0]
    added = question("DATA-77", 2, gates=(gate(GateKind.HARM),), citations=first.citations, checklist=first.checklist)
    # Its gate acts on the domain alone.
    add_question(draft=draft, question=added, by=editor, now=NOW)
    last = read_edition_rows(draft.pk).by_domain["DATA"][-1]
    move_question(draft=draft, code=last.id, step=Step.UP, by=editor, now=NOW)
    uncover(draft, editor)


def copied(page: Page, source: EditionRow) -> EditionRow:
    page.goto(f"/bank/{source.code}/copy/")
    page.get_by_role("textbox").first.fill(CODE)
    page.get_by_role("button", name="Make the draft").click()
    expect(page.locator("h1")).to_contain_text(CODE)
    return EditionRow.objects.get(code=CODE)


def stopped(page: Page) -> None:
    page.goto(f"/bank/{CODE}/publish/")
    expect(page.get_by_text("One problem has to be put right")).to_be_visible()
    expect(page.get_by_role("button", name="Publish this edition")).to_have_count(0)
    expect(page.get_by_role("link", name=f"Checklist item {UNCOVERED}")).to_be_visible()


def published(page: Page) -> None:
    page.goto(f"/bank/{CODE}/publish/")
    expect(page.get_by_text("2 open assessments are on")).to_be_visible()
    for name in ("something else", CODE):
        page.get_by_label("Type the edition’s name").fill(name)
        page.get_by_role("button", name="Publish this edition").click()
        if name != CODE:
            expect(page.get_by_role("alert")).to_contain_text("That is not this edition’s name")
    expect(page.locator("h1")).to_have_text(f"{CODE} is published")


def choose(owner: Page, run: Assessment, button: str) -> None:
    owner.goto(f"/assessments/{run.pk}/")
    owner.get_by_role("link", name="See what would change").click()
    expect(owner.get_by_text("1 question changed and has to be looked at again.")).to_be_visible()
    owner.get_by_role("button", name=button).click()
    expect(owner.locator("h1")).to_have_text("Your assessment")
    run.refresh_from_db()


def look_again(owner: Page, run: Assessment, changed: Question) -> None:
    owner.goto(f"/assessments/{run.pk}/domains/{changed.domain}/")
    block = owner.locator(f"[id='{changed.id}']")
    expect(block).to_contain_text("Your earlier answer was")
    block.locator('input[type=radio][value="3"]').check()
    expect(block.locator(".saved")).to_be_visible()
    assert Answer.objects.get(assessment=run, question=changed.id).given_under is None


def test_an_edition_is_published_and_nobody_is_harmed(
    new_page: NewPage, sign_in: SignIn, edition_row: EditionRow
) -> None:
    editor = UserFactory.create(edits_bank=True)
    taker, stayer, result = answered_run(levels=3), answered_run(levels=3), finished_run()
    finished = (result.outcome, result.answers)
    changed = asked_questions(taker)[0]
    pages = [new_page(), new_page(), new_page()]
    for page, person in zip(pages, (editor, taker.started_by, stayer.started_by), strict=True):
        sign_in(page, person)

    draft = copied(pages[0], edition_row)
    edited(draft, editor, changed.id)
    stopped(pages[0])
    covering = read_edition_rows(draft.pk).question[changed.id]
    change(draft, editor, replace(covering, checklist=(*covering.checklist, UNCOVERED)))
    published(pages[0])

    choose(pages[1], taker, "Take the newer edition")
    choose(pages[2], stayer, "Stay with mine")
    assert (taker.edition, stayer.edition) == (draft, edition_row)
    assert Answer.objects.filter(assessment=taker, level=3).count() == len(asked_questions(stayer))
    assert not Answer.objects.filter(assessment=stayer, given_under__isnull=False).exists()
    assert edition_of(stayer.edition).question[changed.id] == changed
    look_again(pages[1], taker, changed)
    stored = Result.objects.get(pk=result.pk)
    assert (stored.outcome, stored.answers) == finished
