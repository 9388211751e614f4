"""Nothing typed is lost: sessions that end, servers that cannot be reached, several forms on a page, leaving."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.models import User
from assessments.models import Assessment, EditionRow
from tests.browser.accessibility import check_looks
from tests.collaboration import consultant
from tests.factories import PASSWORD, OrganisationFactory, member
from tests.runs import asked_questions, give, scoped_run

SignIn = Callable[[Page, User], None]
TYPED = "Boulangerie du Soleil"
KEPT = "Text that was not sent"


@pytest.fixture
def owner(edition_row: EditionRow, transactional_db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"))


@pytest.fixture
def form(page: Page, owner: User, sign_in: SignIn) -> Page:
    """A page with a form, in which something was typed."""
    sign_in(page, owner)
    page.goto(reverse("organisation_rename", args=[owner.memberships.get().organisation_id]))
    page.get_by_label("Name").fill(TYPED)
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the name").click()


def is_kept(page: Page) -> None:
    page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.startsWith('evenkeel-kept '))")


def keeps_nothing(page: Page) -> None:
    page.wait_for_function("() => Object.keys(sessionStorage).length === 0")


def sign_in_again(page: Page, owner: User) -> None:
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def leaving_anyway(page: Page) -> list[str]:
    """Leaves whatever the browser asks before a page is left; the list holds what was asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


def test_a_form_that_is_sent_leaves_nothing_behind(form: Page) -> None:
    is_kept(form)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text(TYPED)
    keeps_nothing(form)


def test_an_answer_that_shows_something_else_acknowledges_too(page: Page, owner: User, sign_in: SignIn) -> None:
    """An invitation shows its link, without a redirect."""
    sign_in(page, owner)
    page.goto(reverse("invite_colleague", args=[owner.memberships.get().organisation_id]))
    page.get_by_label("E-mail address").fill("bo@example.org")
    page.locator("input[name=role][value=viewer]").check()
    is_kept(page)
    page.get_by_role("button", name="Invite").click()
    expect(page.locator("input[name=role]")).to_have_count(0)
    keeps_nothing(page)


def test_whoever_is_signed_out_stays_on_the_page_signs_in_beside_it_and_sends(form: Page, owner: User) -> None:
    Session.objects.all().delete()
    save(form)
    said = form.get_by_role("alert").filter(has_text="Not sent: you are signed out")
    expect(said).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value(TYPED)
    check_looks(form)
    with form.context.expect_page() as opened:
        said.get_by_role("link", name="Sign in in a new tab").click()
    sign_in_again(opened.value, owner)
    expect(opened.value.get_by_role("button", name="Sign out")).to_be_visible()
    opened.value.close()
    form.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(form.get_by_role("alert").filter(has_text="signed in again")).to_be_visible()
    expect(form.get_by_role("button", name="Save the name")).to_be_focused()
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text(TYPED)


def test_a_server_that_cannot_be_reached_is_said_beside_the_button(form: Page) -> None:
    form.context.set_offline(True)
    save(form)
    expect(form.get_by_role("alert").filter(has_text="Not sent: we cannot be reached")).to_be_visible()
    form.context.set_offline(False)
    expect(form.get_by_role("alert").filter(has_text="The connection is back")).to_be_visible()
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text(TYPED)


def test_after_signing_in_in_the_same_tab_the_text_is_offered_and_put_back(form: Page, owner: User) -> None:
    is_kept(form)
    Session.objects.all().delete()
    leaving_anyway(form)
    form.reload()
    sign_in_again(form, owner)
    offer = form.get_by_role("group", name=KEPT)
    expect(offer).to_contain_text("We kept what you typed here")
    check_looks(form)
    offer.get_by_role("button", name="Put it back").click()
    expect(form.get_by_label("Name")).to_have_value(TYPED)
    expect(offer).to_have_count(0)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text(TYPED)
    keeps_nothing(form)


def test_what_is_thrown_away_is_gone(form: Page) -> None:
    is_kept(form)
    leaving_anyway(form)
    form.reload()
    form.get_by_role("group", name=KEPT).get_by_role("button", name="Throw it away").click()
    keeps_nothing(form)
    expect(form.get_by_label("Name")).to_have_value("Boulangerie Lumière")


def test_leaving_is_asked_about_and_elsewhere_the_text_is_pointed_to(form: Page) -> None:
    form.get_by_label("Name").press_sequentially("!")
    is_kept(form)
    asked = leaving_anyway(form)
    form.get_by_role("link", name="Home").click()
    pointer = form.get_by_role("group", name=KEPT)
    expect(pointer).to_contain_text("What you typed on this page has not been sent")
    assert asked == ["beforeunload"]
    pointer.get_by_text("Show the text").click()
    expect(pointer.get_by_role("textbox")).to_have_value(f"{TYPED}!")
    check_looks(form)
    pointer.get_by_role("link").click()
    form.get_by_role("button", name="Put it back").click()
    expect(form.get_by_label("Name")).to_have_value(f"{TYPED}!")


def test_going_back_brings_it_again(form: Page) -> None:
    is_kept(form)
    leaving_anyway(form)
    form.goto(reverse("home"))
    form.go_back()
    if form.get_by_label("Name").input_value() != TYPED:
        form.get_by_role("button", name="Put it back").click()
    expect(form.get_by_label("Name")).to_have_value(TYPED)


def test_nothing_stays_after_signing_out(form: Page, owner: User) -> None:
    is_kept(form)
    leaving_anyway(form)
    form.get_by_role("button", name="Sign out").click()
    expect(form.get_by_role("link", name="Sign in").first).to_be_visible()
    keeps_nothing(form)


def test_nobody_else_is_offered_it_or_can_read_it(form: Page, sign_in: SignIn, owner: User) -> None:
    is_kept(form)
    stored = form.evaluate("JSON.stringify(sessionStorage)")
    assert TYPED not in stored
    Session.objects.all().delete()
    leaving_anyway(form)
    form.reload()
    expect(form.get_by_role("heading", level=1)).to_have_text("Sign in")
    other = member(owner.memberships.get().organisation)
    sign_in_again(form, other)
    expect(form.get_by_role("button", name="Save the name")).to_be_visible()
    expect(form.get_by_role("group", name=KEPT)).to_have_count(0)
    keeps_nothing(form)


def test_after_a_day_it_is_dropped(form: Page) -> None:
    is_kept(form)
    form.evaluate("""() => {
        const name = Object.keys(sessionStorage).find((key) => key.startsWith("evenkeel-kept "));
        const entry = JSON.parse(sessionStorage.getItem(name));
        sessionStorage.setItem(name, JSON.stringify({ ...entry, at: entry.at - 24 * 60 * 60 * 1000 }));
    }""")
    leaving_anyway(form)
    form.reload()
    keeps_nothing(form)


def test_an_error_keeps_it_until_the_form_is_right(form: Page) -> None:
    form.get_by_label("Name").fill("Too long! " * 20)
    expect(form.locator(".limit")).to_have_text("Characters too many: 80")
    save(form)
    expect(form.locator("#error-summary")).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value("Too long! " * 20)
    is_kept(form)
    form.get_by_label("Name").fill(TYPED)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text(TYPED)
    keeps_nothing(form)


def test_a_server_that_fails_keeps_it(form: Page) -> None:
    url = form.url

    def failing(route: Route) -> None:
        route.fulfill(status=500, body="Broken") if route.request.method == "POST" else route.continue_()

    form.route(url, failing)
    is_kept(form)
    save(form)
    expect(form.get_by_text("Broken")).to_be_visible()
    form.unroute_all()
    form.goto(url)
    form.get_by_role("button", name="Put it back").click()
    expect(form.get_by_label("Name")).to_have_value(TYPED)


def test_a_text_that_somebody_else_changed_meanwhile_says_so(form: Page, owner: User) -> None:
    is_kept(form)
    organisation = owner.memberships.get().organisation
    organisation.name = "Boulangerie Bleue"
    organisation.save()
    leaving_anyway(form)
    form.reload()
    expect(form.get_by_role("group", name=KEPT)).to_contain_text("has changed since then")


def test_sending_one_of_several_forms_keeps_what_is_in_the_others(
    page: Page, edition_row: EditionRow, transactional_db: None, sign_in: SignIn
) -> None:
    """Case 2: review notes on two answers and a comment on a third."""
    owner = member(OrganisationFactory.create())
    run: Assessment = scoped_run(owner.memberships.get().organisation, by=owner)
    ((domain, _number),) = Counter(each.domain for each in asked_questions(run)).most_common(1)
    first, second, third = [each.id for each in asked_questions(run) if each.domain == domain][:3]
    for each in (first, second, third):
        give(run, each, 2)
    sign_in(page, consultant(run))
    page.goto(reverse("domain", args=[run.pk, domain]))
    for code, text in ((first, "Not so"), (second, "Show me the list")):
        panel = page.locator(f"#review-{code}")
        panel.get_by_text("Review this answer").click()
        panel.get_by_label("Your note").fill(text)
    panel = page.locator(f"#review-{third}")
    panel.locator(f"#talk-{third} > summary").click()
    panel.get_by_label("Your comment").fill("Who knows this?")
    page.locator(f"#review-{first}").get_by_role("button", name="Dispute").click()
    expect(page.locator(f"#review-{first}")).to_contain_text(re.compile("isputed"))
    expect(page.locator(f"#review-{second}").get_by_label("Your note")).to_have_value("Show me the list")
    expect(page.locator(f"#review-{third}").get_by_label("Your comment")).to_have_value("Who knows this?")
    page.get_by_role("button", name=re.compile("^Agree with")).click()
    expect(page.get_by_role("button", name=re.compile("^Agree with"))).to_have_count(0)
    expect(page.locator(f"#review-{third}").get_by_label("Your comment")).to_have_value("Who knows this?")
    page.locator(f"#review-{third}").get_by_role("button", name="Add the comment").click()
    expect(page.locator(f"#talk-{third}")).to_contain_text("1 comment")
    expect(page.locator(f"#review-{third}").get_by_label("Your comment")).to_have_value("")
