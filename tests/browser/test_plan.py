"""The plan in a browser: from the first page to a step that is done, without JavaScript, and how its pages look."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from assessments.actions.services import comment_on_action, drop_action, finish_action
from assessments.models import Action, EditionRow, ReminderChoice
from tests.actions.plans import actor, own_task, plan_of, taken
from tests.browser.accessibility import check_looks
from tests.factories import OrganisationFactory, member
from tests.runs import finished_run

SignIn = Callable[[Page, User], None]
UNBROKEN = "x" * 90


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    owner = member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Camille Roux")
    finished_run(owner.memberships.get().organisation, levels=1, by=owner)
    return owner


@pytest.fixture
def organisation(owner: User) -> Organisation:
    return owner.memberships.get().organisation


def test_from_home_to_done(page: Page, owner: User, organisation: Organisation, sign_in: SignIn) -> None:
    sign_in(page, owner)
    page.goto(f"/organisations/{organisation.pk}/")
    page.get_by_role("link", name="See the plan and take it on").click()
    page.get_by_role("link", name="I’ll do it").first.click()
    page.get_by_label("By when? (optional)").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_role("button", name="Put it on the plan").click()
    expect(page.get_by_text("It is on your plan.")).to_be_visible()
    expect(page.get_by_text("1 to do, 0 being done, 0 done")).to_be_visible()
    assert ReminderChoice.objects.get(person=owner).time_zone, "as the browser says"
    page.get_by_role("link", name="Done").first.click()
    page.get_by_label("Where can one see it? (optional)").fill("Folder Contracts")
    page.get_by_role("button", name="Note it as done").click()
    expect(page.get_by_role("heading", name="How is it today?")).to_be_visible()
    page.goto(f"/organisations/{organisation.pk}/plan/")
    expect(page.get_by_text("0 to do, 0 being done, 1 done")).to_be_visible()
    page.get_by_role("button", name="Put it back on the list").click()
    expect(page.get_by_text("It is back on your list.")).to_be_visible()


def test_without_javascript(no_script_page: Page, owner: User, organisation: Organisation, sign_in: SignIn) -> None:
    sign_in(no_script_page, owner)
    entry = plan_of(organisation).entries[0]
    no_script_page.goto(f"/organisations/{organisation.pk}/plan/take/{entry.question}/{entry.level}/?do=drop")
    no_script_page.get_by_label("Why is this not for you?").fill("We have no till")
    no_script_page.get_by_role("button", name="Note it as not for us").click()
    expect(no_script_page.get_by_text("We have no till", exact=True)).to_be_visible()
    assert Action.objects.get().state == "dropped"


def test_how_the_pages_look(page: Page, owner: User, organisation: Organisation, sign_in: SignIn) -> None:
    result = organisation.assessments.get().result
    by, now = actor(owner), timezone.now()
    first = taken(result, assignee=owner, due=timezone.localdate() - timedelta(days=2), note=f"A note\n{UNBROKEN}")
    done, dropped = taken(result, 1), own_task(organisation, owner, UNBROKEN)
    finish_action(action=done, seen_version=1, proof=UNBROKEN, by=by, now=now)
    drop_action(action=dropped, seen_version=1, reason="No till", by=by, now=now)
    comment_on_action(action=first, text=UNBROKEN, by=by, now=now)
    entry = plan_of(organisation).entries[2]
    sign_in(page, owner)
    start = f"/organisations/{organisation.pk}/plan/"
    pages = ("", f"take/{entry.question}/{entry.level}/", "add/", f"{first.pk}/", f"{first.pk}/done/", f"{done.pk}/")
    for path in (*(start + each for each in pages), "/plan/reminders/"):
        page.goto(path)
        check_looks(page)
    page.goto(f"{start}add/")
    page.get_by_role("button", name="Put it on the plan").click()
    expect(page.locator("#error-summary")).to_contain_text("Say in a few words what is to be done.")
    check_looks(page)
    page.goto(f"{start}{first.pk}/drop/")
    page.get_by_role("button", name="Note it as not for us").click()
    expect(page.locator("#error-summary")).to_be_visible()
    check_looks(page)
    page.goto(f"/plan/reminders/{ReminderChoice.objects.get(person=owner).stop_key}/stop/")
    check_looks(page)
