"""Every page of the bank: accessible, light and dark, wide and narrow; its forms by keyboard and without a script."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from assessments.bank.checks.scope import conditions_of
from assessments.bank.conditions import Clause, Condition
from assessments.bank.types import Edition, QuestionCitation
from assessments.editions.stored import read_edition_rows
from assessments.editor.files import FileRead
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.exports import remember_export
from assessments.editor.services.imports import keep_import
from assessments.editor.services.offers import ask_to_offer, offer_fingerprint
from assessments.models import BankImport, EditionRow, QuestionRow
from assessments.services.editions import publish_edition, store_draft
from tests.browser.accessibility import check_looks, scrolls_sideways
from tests.browser.keyboard import press, type_into
from tests.editor import changes
from tests.editor.conftest import KIOSK, small_bank
from tests.editor.offering import offer, published, withdraw
from tests.editor.steps import STEPS
from tests.factories import UserFactory
from tests.runs import NOW, answered_run, asked_questions, finished_run

SignIn = Callable[[Page, User], None]
UNBROKEN = "Auftragsverarbeitungsvertragsverzeichnis" * 3


@dataclass(frozen=True)
class World:
    """A published edition and a draft in which something of everything was changed, and a file to take in."""

    editor: User
    draft: EditionRow
    kept: BankImport
    unknown: BankImport

    def paths(self) -> Iterator[str]:
        yield from ("/bank/", "/bank/import/", "/bank/1.0/", "/bank/1.0/copy/", "/bank/1.0/publish/")
        yield from ("/bank/0.9/withdraw/", "/bank/0.5/", "/bank/0.5/offer/", "/bank/0.4/")
        yield from ("/bank/default-bank/", "/bank/default-bank/school/", "/bank/default-bank/evenkeel/")
        yield from ("/bank/1.0/questions/DATA-01/", "/bank/1.0/checklist/S0-1/", "/bank/1.0/laws/gdpr/")
        draft = f"/bank/{self.draft.code}/"
        for page in ("", "about/", "history/", "discard/", "publish/", f"import/{self.kept.pk}/", "new-domain/"):
            yield draft + page
        yield f"{draft}import/{self.unknown.pk}/"
        for page in ("?gate=any", "DATA-01/", "DATA-01/history/", "DATA-01/retire/", "DATA-01/domain/"):
            yield f"{draft}questions/{page}"
        citation = self.draft.citations.get(label="NIST 1").pk
        for page in ("citations/", f"citations/{citation}/", "checklist/", "new-item/"):
            yield draft + page
        for page in ("domains/DATA/", "domains/DATA/new-question/", f"checklist/{changes.UNCOVERED}/"):
            yield draft + page
        for page in ("laws/", "laws/gdpr/", "dates/", "dates/1/", "new-date/", "labels/", "labels/0/", "unknown/"):
            yield draft + page
        for page in ("authorities/", "authorities/ie/", "new-authority/", "quick-check/"):
            yield draft + page
        for page in ("", "kiosk/", "kiosk/facts/1/", "kiosk/new-fact/base/"):
            yield f"{draft}presets/{page}"
        yield from (f"{draft}new-preset/", "/bank/1.0/presets/kiosk/", "/bank/1.0/presets/kiosk/facts/1/")


@pytest.fixture
def world(transactional_db: None) -> World:
    editor = UserFactory.create(edits_bank=True, is_staff=True, is_superuser=True, name="Edda")
    row = store_draft(edition=replace(small_bank(), presets=(KIOSK,)))
    publish_edition(edition_row=row, now=NOW)
    make_other_editions(editor)
    draft = start_draft(source=row, code="1.1", by=editor, now=NOW)
    origin = remember_export(row=draft, edition=read_edition_rows(draft.pk), now=NOW)
    file = changed_everywhere(read_edition_rows(draft.pk))
    first = changes.reword(draft, editor, "DATA-01")
    changes.change(
        draft, editor, replace(first, text=f"Is {UNBROKEN} kept?", help=f"- {UNBROKEN}\n- **so**", steps=STEPS)
    )
    changes.retire(draft, editor, "DATA-04")
    changes.uncover(draft, editor)
    kept, unknown = (
        keep_import(draft=draft, read=read, file_name=f"{UNBROKEN}.yaml", by=editor, now=NOW)
        for read in (FileRead(file, origin=origin), FileRead(file, notes=(f"{UNBROKEN} was left out",)))
    )
    return World(editor, draft, kept, unknown)


def changed_everywhere(bank: Edition) -> Edition:
    """Some of it is changed in the draft too; a question, a citation and a day are gone or moved."""
    first, second, *others = bank.questions
    return replace(
        bank,
        title=UNBROKEN,
        questions=(
            replace(first, text=f"Does {UNBROKEN} say so?", levels=(f"{UNBROKEN}.", *first.levels[1:])),
            replace(second, citations=(QuestionCitation("GDPR Art. 1"),)),
            *(replace(own, help=UNBROKEN) for own in others if own.id != "ACCESS-01"),
            replace(others[-1], id="ACCESS-02", text="Is this one new?"),
        ),
        citations={label: own for label, own in bank.citations.items() if label != "NIST 1"},
        laws=tuple(replace(own, starts=date(2026, 8, 15)) for own in bank.laws),
        dates=tuple(replace(own, day=date(2031, 8, 2)) for own in bank.dates),
    )


def make_other_editions(editor: User) -> None:
    """One that can be withdrawn, one that waits to be opened and was asked for, one that is withdrawn, another bank."""
    older = replace(small_bank(), law_status_as_of=date(2020, 1, 1))
    colleague = UserFactory.create(name=UNBROKEN, edits_bank=True)
    cut = replace(older, domains=older.domains[:1], questions=older.questions[:1])
    for edition in (
        replace(older, id="0.9"),
        replace(cut, id="0.5"),
        replace(older, id="0.4"),
        replace(cut, id="school", bank="school", title=UNBROKEN),
    ):
        published(edition)
    rows = {row.code: row for row in EditionRow.objects.all()}
    ask_to_offer(row=rows["0.5"], seen=offer_fingerprint(rows["0.5"]), by=colleague, now=NOW)
    withdraw(rows["0.4"], editor, UNBROKEN)
    offer(rows["school"], editor)


@pytest.mark.long
def test_pages_of_the_bank(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.editor)
    for path in world.paths():
        answer = page.goto(path)
        assert answer is not None
        assert (answer.status, answer.url.endswith(path)) == (200, True), path
        check_looks(page)


@pytest.mark.slow
def test_pages_with_errors_and_conflicts(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.editor)
    for path, button in (("1.0/copy/", "Make the draft"), ("import/", "Read the file"), ("1.1/questions/DATA-02/", "")):
        page.goto(f"/bank/{path}")
        if not button:
            page.get_by_label("Question", exact=True).fill("")
        page.get_by_role("button", name=button or "Save", exact=True).first.click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert page.title().startswith("Error: ")
        check_looks(page)
    page.goto("/bank/1.1/questions/DATA-02/")
    changes.reword(world.draft, world.editor, "DATA-02")
    page.get_by_label("Question", exact=True).fill("Is this mine?")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Nothing was overwritten.")).to_be_visible()
    check_looks(page)


@pytest.mark.slow
def test_pages_of_a_newer_edition(page: Page, edition_row: EditionRow, transactional_db: None, sign_in: SignIn) -> None:
    """What owners see of it, with every kind of change in it."""
    editor, run, result = UserFactory.create(edits_bank=True), answered_run(levels=3), finished_run()
    draft = changes.copy_of_the_bank(edition_row, editor)
    first, *others = asked_questions(run)
    changes.reword(draft, editor, first.id)
    plain = next(own for own in others if not any(condition.clauses for _place, condition in conditions_of(own)))
    changes.change(draft, editor, replace(plain, applies_when=Condition((Clause(none=("uses_ai",)),))))
    newer = changes.publish(draft, editor)
    for person, path in (
        (run.started_by, f"/assessments/{run.pk}/"),
        (run.started_by, f"/assessments/{run.pk}/edition/"),
        (result.finished_by, f"/assessments/{result.assessment_id}/result/rescored/"),
    ):
        sign_in(page, person)
        page.goto(path)
        expect(page.locator("main")).to_contain_text(newer.code)
        check_looks(page)


def places(draft: EditionRow) -> list[str]:
    rows = QuestionRow.objects.filter(domain__edition=draft, domain__code="DATA").order_by("order")
    return list(rows.values_list("code", flat=True))


def test_without_a_script_and_on_a_small_screen(no_script_page: Page, world: World, sign_in: SignIn) -> None:
    """Change a question with one more gate, move it, take the change back."""
    page = no_script_page
    page.set_viewport_size({"width": 320, "height": 900})
    sign_in(page, world.editor)
    page.goto("/bank/1.1/questions/DATA-02/")
    page.get_by_label("Question", exact=True).fill("Is it done twice?")
    page.get_by_role("button", name="Add a gate").click()
    gate = page.get_by_role("group", name="Gate 1")
    gate.get_by_label("Kind").select_option("harm")
    gate.get_by_label("Closed below level").select_option("2")
    gate.get_by_label("Reason").fill("It hurts.")
    step = page.get_by_role("group", name="To level 1", exact=True)
    for label, text in (("What to do", "Do it."), ("Done when", "It is done."), ("Minutes of work", "5")):
        step.get_by_label(label, exact=True).fill(text)
    step.get_by_label("Who usually can do it").select_option("owner")
    step.get_by_label("What it costs").select_option("none")
    step.get_by_text("Other wording for some businesses").click()
    step.get_by_role("button", name="Add a condition").first.click()
    step.get_by_label(re.compile("^Variant 1 of the step to level 1: tag 1")).select_option("gdpr")
    step.get_by_label(re.compile("^Variant 1 of the step to level 1: how tag 1")).select_option("none")
    step.get_by_label("What they do").first.fill("Do it elsewhere.")
    page.get_by_role("button", name="Preview").first.click()
    expect(page.locator("#side-panel .question__seen")).to_contain_text("Is it done twice?")
    page.get_by_text("Its steps").first.click()
    expect(page.locator("#side-panel .samples")).to_contain_text("To level 1: Do it elsewhere. (5 minutes;")
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("DATA-02 was saved.")).to_be_visible()
    page.goto("/bank/1.1/domains/DATA/")
    page.locator("[id='DATA-02']").get_by_role("button", name="Up").click()
    expect(page.locator("[id='DATA-02'] + .task")).to_have_id("DATA-01")
    assert places(world.draft) == ["DATA-02", "DATA-01"]
    page.goto("/bank/1.1/questions/DATA-02/history/")
    page.get_by_role("button", name="Restore the version before this").click()
    expect(page.get_by_text("DATA-02 is back to what it was before that change.")).to_be_visible()
    own = read_edition_rows(world.draft.pk).question["DATA-02"]
    assert (own.text, own.gates, own.steps) == ("Is DATA-02 done?", (), ())


def test_by_keyboard_alone(page: Page, world: World, sign_in: SignIn) -> None:
    """Find a question, put it in another place, reword it."""
    sign_in(page, world.editor)
    page.goto("/bank/1.1/domains/DATA/")
    press(page, page.locator("[id='DATA-02']").get_by_role("button", name="Up"))
    expect(page.locator("[id='DATA-02'] + .task")).to_have_id("DATA-01")
    # The page stays where the question went: the same button is one step away.
    press(page, page.locator("[id='DATA-02']").get_by_role("button", name="Down"))
    expect(page.locator("[id='DATA-01'] + .task")).to_have_id("DATA-02")
    press(page, page.locator("[id='DATA-02']").get_by_role("link", name="DATA-02").first)
    expect(page.locator("h1")).to_have_text("DATA-02")
    type_into(page, page.get_by_label("Question", exact=True), "")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Is it typed?")
    press(page, page.get_by_role("button", name="Save", exact=True).first)
    expect(page.get_by_text("DATA-02 was saved.")).to_be_visible()
    assert read_edition_rows(world.draft.pk).question["DATA-02"].text == "Is it typed?"
