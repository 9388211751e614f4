"""Autosave: saved states, lost connections, ended sessions, two people on one answer."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Locator, Page, Request, Route, expect

from accounts.models import Role, User
from assessments.bank.types import Depth
from assessments.models import Answer, Assessment, EditionRow
from tests.browser.conftest import NewPage
from tests.browser.journey import open_add
from tests.factories import PASSWORD, OrganisationFactory, member
from tests.runs import finish, give, scoped_run

SignIn = Callable[[Page, User], None]
QUESTION = "ACCESS-02"
OTHER = "ACCESS-03"


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie", email="amelie@example.org")


@pytest.fixture
def run(owner: User) -> Assessment:
    """At a depth that asks several questions in each domain."""
    return scoped_run(owner.memberships.get().organisation, by=owner, depth=Depth.STANDARD)


@pytest.fixture
def access(page: Page, run: Assessment, owner: User, sign_in: SignIn) -> Page:
    """The owner's page of the domain "Who gets in"."""
    sign_in(page, owner)
    page.goto(domain_url(run))
    return page


def domain_url(run: Assessment, code: str = "ACCESS") -> str:
    return f"/assessments/{run.pk}/domains/{code}/"


def question(page: Page, code: str = QUESTION) -> Locator:
    return page.locator(f"#{code}")


def level(page: Page, number: int, code: str = QUESTION) -> Locator:
    return question(page, code).locator(f'input[type=radio][value="{number}"]')


def note(page: Page, code: str = QUESTION) -> Locator:
    open_add(question(page, code))
    return question(page, code).get_by_label("Note for yourself")


def stored(run: Assessment, code: str = QUESTION) -> Answer:
    return Answer.objects.get(assessment=run, question=code)


def saves_of(page: Page) -> list[Request]:
    """Every save that the page sends from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/answers/" in request.url else None)
    return sent


def test_a_choice_is_saved_at_once_and_says_when(access: Page, run: Assessment) -> None:
    expect(question(access).locator(".save-state")).to_be_empty()
    level(access, 3).check()
    expect(question(access).locator(".saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert stored(run).level == 3
    expect(access.locator("#progress")).to_contain_text("1 of")


def test_text_is_saved_while_one_types_and_line_breaks_are_kept(access: Page, run: Assessment) -> None:
    level(access, 1).check()
    expect(question(access).locator(".saved")).to_be_visible()
    note(access).press_sequentially("Ask Luc\nin January")
    expect(question(access).locator(".saved")).to_have_count(0)
    expect(question(access).locator(".saved")).to_be_visible()
    assert stored(run).note == "Ask Luc\nin January"


def test_what_is_saved_is_there_after_a_reload(access: Page) -> None:
    level(access, 4).check()
    expect(question(access).locator(".saved")).to_be_visible()
    access.reload()
    question(access).locator(".question__folded > summary").click()
    expect(level(access, 4)).to_be_checked()
    expect(question(access).locator(".saved")).to_be_visible()


def test_the_last_of_quick_changes_is_what_is_stored(access: Page, run: Assessment) -> None:
    for number in (0, 1, 2, 3, 4, 2):
        level(access, number).check()
    expect(question(access).locator(".saved")).to_be_visible()
    expect(question(access)).not_to_have_class("question--saving")
    access.wait_for_function("() => !document.querySelector('.question--saving, .question--unsaved')")
    assert stored(run).level == 2


def test_a_double_click_is_one_answer(access: Page, run: Assessment) -> None:
    question(access).locator(".level label").nth(3).dblclick()
    expect(question(access).locator(".saved")).to_be_visible()
    assert (stored(run).level, stored(run).version) == (3, 1)


def test_enter_in_a_line_of_text_saves_it_and_stays(access: Page, run: Assessment) -> None:
    level(access, 3).check()
    expect(question(access).locator(".saved")).to_be_visible()
    open_add(question(access))
    proof = question(access).get_by_label("What could you show")
    proof.fill("List in the safe")
    proof.press("Enter")
    access.wait_for_function("() => !document.querySelector('.question--saving, .question--unsaved')")
    assert access.url.endswith(domain_url(run))
    assert stored(run).evidence == "List in the safe"


def test_a_lost_connection_keeps_the_text_and_tries_again(access: Page, run: Assessment) -> None:
    lost = [True]

    def connection(route: Route) -> None:
        route.abort() if lost[0] else route.continue_()

    access.route("**/answers/**", connection)
    level(access, 2).check()
    note(access).fill("Written in the cellar")
    expect(question(access).locator(".save-state")).to_contain_text("Not saved. What you entered is still here")
    expect(note(access)).to_have_value("Written in the cellar")
    lost[0] = False
    question(access).get_by_role("button", name="Try again now").click()
    expect(question(access).locator(".saved")).to_be_visible()
    assert (stored(run).level, stored(run).note) == (2, "Written in the cellar")


def test_it_tries_again_by_itself(access: Page, run: Assessment) -> None:
    access.clock.install()
    lost = [True]
    access.route("**/answers/**", lambda route: route.abort() if lost[0] else route.continue_())
    level(access, 2).check()
    expect(question(access).locator(".field-error")).to_be_visible()
    lost[0] = False
    access.clock.run_for(4000)
    expect(question(access).locator(".saved")).to_be_visible()
    assert stored(run).level == 2


def test_leaving_with_something_unsaved_is_asked_about(access: Page) -> None:
    access.route("**/answers/**", lambda route: route.abort())
    level(access, 2).check()
    expect(question(access).locator(".field-error")).to_be_visible()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    access.on("dialog", stay)
    access.get_by_role("link", name="All domains").click(no_wait_after=True)
    expect(level(access, 2)).to_be_checked()
    assert asked == ["beforeunload"]
    access.unroute_all()
    question(access).get_by_role("button", name="Try again now").click()
    expect(question(access).locator(".saved")).to_be_visible()


def test_an_ended_session_keeps_the_text_until_one_has_signed_in_again(
    access: Page, run: Assessment, owner: User
) -> None:
    Session.objects.all().delete()
    level(access, 2).check()
    note(access).fill("Not to be lost")
    state = question(access).locator(".save-state")
    expect(state).to_contain_text("Not saved: you are signed out. What you entered is still here.")
    with access.context.expect_page() as opened:
        state.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail address").fill(owner.email)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.locator("h1")).to_have_text("Boulangerie Lumière")
    tab.close()
    # Coming back to the page is enough.
    access.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(question(access).locator(".saved")).to_be_visible()
    assert (stored(run).level, stored(run).note) == (2, "Not to be lost")


def test_who_may_no_longer_answer_is_told_and_keeps_the_text(access: Page, run: Assessment, owner: User) -> None:
    owner.memberships.update(role=Role.VIEWER)
    level(access, 2).check()
    note(access).fill("Mine")
    expect(question(access).locator(".save-state")).to_contain_text("you can no longer change these answers")
    expect(note(access)).to_have_value("Mine")
    assert not Answer.objects.filter(assessment=run).exists()


def test_a_run_finished_meanwhile_says_so(access: Page, run: Assessment) -> None:
    finish(run)
    level(access, 2).check()
    expect(question(access).locator(".save-state")).to_contain_text("Not saved. This assessment is finished.")


def test_not_applicable_waits_for_its_reason(access: Page, run: Assessment) -> None:
    left_out = access.locator('input[value="na"]').first
    code = (left_out.get_attribute("name") or "").removesuffix("-answer")
    left_out.check()
    reason = question(access, code).get_by_label("Why does this not apply")
    expect(question(access, code).locator(".save-state")).to_contain_text("Say in a few words why")
    reason.fill("There is no such room.")
    reason.blur()
    expect(question(access, code).locator(".saved")).to_be_visible()
    assert stored(run, code).reason == "There is no such room."


@pytest.fixture
def both(new_page: NewPage, access: Page, run: Assessment, owner: User, sign_in: SignIn) -> tuple[Page, Page]:
    """The owner's page and a colleague's, the same question open in both; the colleague was first."""
    colleague = member(owner.memberships.get().organisation, Role.EDITOR, name="Basile Petit")
    other = new_page()
    sign_in(other, colleague)
    other.goto(domain_url(run))
    level(other, 4).check()
    expect(question(other).locator(".saved")).to_be_visible()
    level(access, 1).check()
    expect(question(access).locator(".conflict")).to_contain_text("Basile Petit saved another answer")
    assert stored(run).level == 4
    return access, other


def test_of_two_answers_mine_can_be_kept(both: tuple[Page, Page], run: Assessment) -> None:
    mine, _ = both
    question(mine).get_by_role("button", name="Keep mine").click()
    expect(question(mine).locator(".saved")).to_be_visible()
    expect(question(mine).locator(".conflict")).to_have_count(0)
    assert mine.url.endswith(domain_url(run))
    assert stored(run).level == 1


def test_of_two_answers_theirs_can_be_kept(both: tuple[Page, Page], run: Assessment) -> None:
    mine, _ = both
    question(mine).get_by_role("button", name="Keep theirs").click()
    expect(level(mine, 4)).to_be_checked()
    expect(question(mine).locator(".conflict")).to_have_count(0)
    assert stored(run).level == 4
    question(mine).locator(".question__folded > summary").click()
    level(mine, 3).check()
    expect(question(mine).locator(".saved")).to_be_visible()
    assert stored(run).level == 3


def test_going_on_typing_in_a_conflict_overwrites_nothing(both: tuple[Page, Page], run: Assessment) -> None:
    mine, _ = both
    sent = saves_of(mine)
    level(mine, 2).check()
    mine.wait_for_function("() => !document.querySelector('.question--saving')")
    expect(question(mine).locator(".conflict")).to_be_visible()
    assert len(sent) == 1
    assert stored(run).level == 4


def test_both_versions_are_shown_without_javascript(
    no_script_page: Page, run: Assessment, owner: User, sign_in: SignIn
) -> None:
    page = no_script_page
    sign_in(page, owner)
    page.goto(domain_url(run))
    give(run, QUESTION, 4)
    level(page, 1).check()
    level(page, 2, OTHER).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(question(page).locator(".conflict")).to_contain_text("Choose which one to keep")
    assert stored(run, OTHER).level == 2
    question(page).get_by_role("button", name="Keep theirs").click()
    expect(level(page, 4)).to_be_checked()
    expect(page.locator(".conflict")).to_have_count(0)
