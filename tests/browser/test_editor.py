"""The bank edited and published in the browser while owners are at work: nobody's answers are harmed."""

import hashlib
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from assessments.bank.types import Depth, Edition, Question
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.models import Answer, Assessment, EditionRow, Result
from tests.browser import journey
from tests.browser.conftest import NewPage
from tests.factories import OrganisationFactory, UserFactory
from tests.runs import answered_run, asked_questions, finished_run

pytestmark = pytest.mark.long
SignIn = Callable[[Page, User], None]
CODE = "2026.1a"
REWORDED = "Does somebody keep this in order, in every place where it is used?"
ADDED = "Does somebody look through the oldest records each year?"
STOPPED = "problem must be fixed"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


def to_draft(page: Page) -> None:
    page.goto("/bank/")
    page.get_by_role("link", name=CODE, exact=True).click()
    expect(page.locator("h1")).to_have_text(f"Edition {CODE}")


def to_question(page: Page, code: str) -> None:
    to_draft(page)
    page.get_by_role("link", name="Find a question").click()
    page.get_by_label("Words").fill(code)
    button(page, "Show").click()
    page.get_by_role("link", name=re.compile(f"^{code} ")).click()
    expect(page.locator("h1")).to_have_text(code)


def to_domain(page: Page, edition: Edition, code: str) -> None:
    to_draft(page)
    page.get_by_role("link", name=edition.domain[code].title, exact=True).click()
    expect(page.locator("h1")).to_have_text(edition.domain[code].title)


def save(page: Page, code: str) -> None:
    button(page, "Save").click()
    expect(page.get_by_text(f"{code} was saved.")).to_be_visible()


def copy(page: Page, source: str) -> None:
    page.goto("/bank/")
    page.get_by_role("link", name=re.compile(f"^Copy to a draft ?: {source}$")).click()
    page.get_by_label("Name of the new edition").fill(CODE)
    button(page, "Make the draft").click()
    expect(page.locator("h1")).to_have_text(f"Edition {CODE}")
    expect(page.get_by_text("No problem prevents publishing.")).to_be_visible()


def reword(page: Page, code: str) -> None:
    to_question(page, code)
    page.get_by_label("Question", exact=True).fill(REWORDED)
    page.get_by_label("Question", exact=True).blur()
    expect(page.locator("#side-panel .question__seen")).to_contain_text(REWORDED)
    save(page, code)


def fill_step(page: Page, number: int) -> None:
    step = page.get_by_role("group", name=f"To level {number}", exact=True)
    step.get_by_label("What to do", exact=True).fill(f"Open folder {number} and look for the oldest record in it.")
    step.get_by_label("Done when", exact=True).fill(f"We do {number} of four things.")
    step.get_by_label("Minutes of work").fill("30")
    step.get_by_label("Who usually can do it").select_option("owner")
    step.get_by_label("What it costs").select_option("none")


def add_with_a_gate(page: Page, edition: Edition, like: Question) -> str:
    """In the domain of another question, with what that one cites and covers. Returns the id that it gets."""
    to_domain(page, edition, like.domain)
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill(ADDED)
    page.get_by_label("Help", exact=True).fill("Old records are a **burden**.")
    for number in range(5):
        page.get_by_label(re.compile(f"^Level {number}:")).fill(f"We do {number} of four things.")
    page.get_by_label("“Doesn’t apply to us”", exact=True).select_option("never")
    page.get_by_label("Depth", exact=True).select_option("quick")
    page.get_by_label("Why it has this weight").fill("Old records are forgotten.")
    page.get_by_label("Possible evidence").fill("A note in the calendar")
    for number in range(1, 5):
        fill_step(page, number)
    page.get_by_text("Choose the items that this question covers").click()
    page.locator("#checklist").get_by_label(re.compile(f"^{like.checklist[0]} ")).check()
    button(page, "Add a gate").click()
    gate = page.get_by_role("group", name="Gate 1")
    gate.get_by_label("Kind").select_option("harm")
    gate.get_by_label("Closed below level").select_option("2")
    gate.get_by_label("Reason").fill("What is forgotten is lost.")
    button(page, "Add a citation").click()
    page.get_by_role("group", name="Citation 1").get_by_label("Citation", exact=True).fill(like.citations[0].label)
    button(page, "Add the question").click()
    expect(page.get_by_text(" was added.")).to_be_visible()
    return page.locator("h1").inner_text()


def move_up(page: Page, edition: Edition, moved: Question, above: Question) -> None:
    to_domain(page, edition, moved.domain)
    page.get_by_role("button", name=re.compile(f"^Up ?: {moved.id}$")).click()
    expect(page.locator(f"[id='{moved.id}'] + .task")).to_have_id(above.id)


def cover(page: Page, code: str, item: str, *, covered: bool) -> None:
    to_question(page, code)
    page.get_by_text("Choose the items that this question covers").click()
    page.locator("#checklist").get_by_label(re.compile(f"^{item} ")).set_checked(covered)
    save(page, code)


def be_stopped(page: Page, item: str) -> None:
    """The problem links to its place, and from there to where it can be fixed."""
    to_draft(page)
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_text(f"One {STOPPED}")).to_be_visible()
    expect(button(page, "Publish this edition")).to_have_count(0)
    page.get_by_role("link", name=f"Checklist item {item}").click()
    expect(page.locator("h1")).to_have_text(f"Checklist item {item}")
    page.get_by_role("link", name="Find a question").click()
    expect(page.locator("h1")).to_have_text("Find a question")


def publish(page: Page) -> None:
    to_draft(page)
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_text("1 added, 0 removed, 2 changed")).to_be_visible()
    expect(page.get_by_text("2 open assessments are on")).to_be_visible()
    for name in ("something else", CODE):
        page.get_by_label("Type the edition’s name").fill(name)
        button(page, "Publish this edition").click()
        if name != CODE:
            expect(page.get_by_role("alert")).to_contain_text("That is not this edition’s name")
    expect(page.locator("h1")).to_have_text(f"{CODE} is published")


def answer_the_offer(page: Page, run: Assessment, choice: str) -> None:
    page.goto(f"/assessments/{run.pk}/")
    page.get_by_role("link", name="See what would change").click()
    expect(page.get_by_text("1 question changed and has to be looked at again.")).to_be_visible()
    expect(page.get_by_text("1 question is new.")).to_be_visible()
    button(page, choice).click()
    expect(page.locator("h1")).to_have_text("Your assessment")


def look_again(page: Page, run: Assessment, question: Question) -> None:
    page.goto(f"/assessments/{run.pk}/domains/{question.domain}/")
    block = page.locator(f"[id='{question.id}']")
    expect(block).to_contain_text("Your earlier answer was")
    block.locator('input[type=radio][value="3"]').check()
    expect(block.locator(".saved")).to_be_visible()
    assert Answer.objects.get(assessment=run, question=question.id).given_under is None


@dataclass(frozen=True)
class Finished:
    """A finished result as its owner has it: the rows, the words of the page, the bytes of the file."""

    outcome: object
    answers: object
    words: str
    sha256: str


def finished_as_seen(page: Page, result: Result) -> Finished:
    page.goto(f"/assessments/{result.assessment_id}/result/computed/")
    words = page.locator("main").inner_text()
    page.goto(f"/assessments/{result.assessment_id}/result/")
    file = journey.report_file(page)
    stored = Result.objects.get(pk=result.pk)
    return Finished(stored.outcome, stored.answers, words, hashlib.sha256(file).hexdigest())


def covered_once(edition: Edition) -> tuple[Question, str]:
    """An item that one question alone covers, and that question."""
    counts = Counter(item for question in edition.questions for item in question.checklist)
    return next(
        (question, question.checklist[-1])
        for question in edition.questions
        if counts[question.checklist[-1]] == 1 and question.depth is not Depth.QUICK
    )


def test_an_edition_is_edited_and_published_and_nobody_is_harmed(
    new_page: NewPage, sign_in: SignIn, edition_row: EditionRow, celery_worker_process: subprocess.Popen[str]
) -> None:
    editor = UserFactory.create(edits_bank=True)
    result = finished_run(OrganisationFactory.create(name=journey.ORGANISATION))
    taker, stayer = answered_run(levels=3), answered_run(levels=3)
    page, owner, taking, staying = (new_page() for _ in range(4))
    people = (editor, result.finished_by, taker.started_by, stayer.started_by)
    for each, person in zip((page, owner, taking, staying), people, strict=True):
        sign_in(each, person)
    before = finished_as_seen(owner, result)
    old, changed = edition_of(edition_row), asked_questions(taker)[0]
    covering, item = covered_once(old)

    copy(page, edition_row.code)
    reword(page, changed.id)
    added = add_with_a_gate(page, old, changed)
    elsewhere = next(domain.code for domain in old.domains if domain.code != changed.domain)
    above, moved = old.by_domain[elsewhere][-2:]
    move_up(page, old, moved, above)
    cover(page, covering.id, item, covered=False)
    be_stopped(page, item)
    cover(page, covering.id, item, covered=True)
    publish(page)

    draft = EditionRow.objects.get(code=CODE)
    new = read_edition_rows(draft.pk)
    assert new.question[changed.id].text == REWORDED
    assert (new.question[added].text, new.question[added].gates[0].min_level) == (ADDED, 2)
    assert new.by_domain[changed.domain][-1].id == added
    assert [question.id for question in new.by_domain[elsewhere][-2:]] == [moved.id, above.id]
    answer_the_offer(taking, taker, "Upgrade to the newer edition")
    answer_the_offer(staying, stayer, "Stay with my edition")
    for run, edition in ((taker, draft), (stayer, edition_row)):
        run.refresh_from_db()
        assert run.edition == edition
        assert Answer.objects.filter(assessment=run, level=3).count() == len(asked_questions(stayer))
    assert not Answer.objects.filter(assessment=stayer, given_under__isnull=False).exists()
    look_again(taking, taker, changed)
    assert finished_as_seen(owner, result) == before
