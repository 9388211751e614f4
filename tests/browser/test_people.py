"""People and access as owners and consultants see them: inviting, accepting, handing over, ending."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.audit import Actor
from accounts.models import Organisation, Role, User
from accounts.services.organisations import set_up_client
from tests.accounts.inviting import invited
from tests.browser.accessibility import check_looks
from tests.browser.conftest import NewPage
from tests.factories import PASSWORD, ConsultancyFactory, EngagementFactory, OrganisationFactory, member

SignIn = Callable[[Page, User], None]
LONG_NAME = "Physiotherapie- und Rehabilitationsgemeinschaft Oberes Tal GmbH & Co. KG"
LONG_ADDRESS = "verwaltung.und.datenschutz@rehabilitationsgemeinschaft-oberes-tal.example.org"


@pytest.fixture
def owner(transactional_db: None) -> User:
    bakery = OrganisationFactory.create(name=LONG_NAME)
    return member(bakery, name="Amélie", email="amelie@example.org", second_step=True)


@pytest.fixture
def bakery(owner: User) -> Organisation:
    return owner.memberships.get().organisation


def pages_of(owner: User, bakery: Organisation) -> Iterator[str]:
    """Each kind of page about people, of an owner who also advises others, with something on it."""
    advice = ConsultancyFactory.create(name="Clear Advice")
    advice.memberships.create(user=owner, role=Role.OWNER)
    colleague = member(bakery, Role.EDITOR, name=LONG_NAME, email=LONG_ADDRESS).memberships.get()
    EngagementFactory.create(client=bakery, consultancy__name=LONG_NAME)
    invited(bakery, owner, f"new.{LONG_ADDRESS}")
    client = set_up_client(consultancy=advice, name=LONG_NAME, by=Actor(owner))
    invited(client, owner, LONG_ADDRESS, role=Role.OWNER)
    yield from (f"{reverse('home')}?all=1", reverse("organisation_add"))
    yield from (reverse(name, args=[bakery.pk]) for name in ("people", "audit_trail"))
    yield from (reverse(name, args=[bakery.pk, colleague.pk]) for name in ("member_edit", "member_remove"))
    yield reverse("clients", args=[advice.pk])


def test_every_page_about_people_is_accessible(page: Page, owner: User, bakery: Organisation, sign_in: SignIn) -> None:
    paths = list(pages_of(owner, bakery))
    sign_in(page, owner)
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert (answer.status, answer.url.endswith(path)) == (200, True), path
        check_looks(page)
    page.goto(reverse("invite_colleague", args=[bakery.pk]))
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the person’s e-mail address")
    check_looks(page)
    page.get_by_role("alert").get_by_role("link", name="Choose a role.").click()
    expect(page.get_by_label("Owner")).to_be_focused()
    page.get_by_label("E-mail address").fill("bo@example.org")
    page.get_by_label("Viewer").check()
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
    check_looks(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("The link").input_value()


def test_the_page_behind_a_link_is_accessible_to_everybody_it_may_meet(
    page: Page, owner: User, bakery: Organisation, sign_in: SignIn
) -> None:
    path = reverse("invitation", args=[invited(bakery, owner).token])
    for opened in (path, reverse("invitation", args=["no-such-token"]), f"{reverse('account_signup')}?next={path}"):
        page.goto(opened)
        check_looks(page)
    sign_in(page, owner)
    page.goto(path)
    check_looks(page)
    sign_in(page, member(OrganisationFactory.create(), email="bo@example.org"))
    page.goto(path)
    check_looks(page)


def invite(page: Page, link: str, email: str, choice: str) -> str:
    """The link that is shown to copy, as this site sends no mail."""
    page.get_by_role("link", name="People who can see this").click()
    page.get_by_role("link", name=link).click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Invite").click()
    copied = page.get_by_label("The link").input_value()
    page.get_by_role("link", name="I have copied it").click()
    expect(page.get_by_role("row").filter(has_text=email)).to_be_visible()
    page.get_by_role("link", name=LONG_NAME).click()
    return "/invitations/" + copied.split("/invitations/")[1]


def test_a_colleague_and_a_consultant_are_let_in_and_out_again(
    new_page: NewPage, owner: User, bakery: Organisation, sign_in: SignIn
) -> None:
    """All of it without JavaScript."""
    owners, colleagues, consultants = (new_page(javascript=False) for _ in range(3))
    sign_in(owners, owner)
    owners.goto("/home/")
    to_colleague = invite(owners, "Invite a colleague", "bo@example.org", "Editor")
    to_consultant = invite(owners, "Invite a consultancy", "noor@example.org", "Answer and review")

    colleagues.goto(to_colleague)
    colleagues.get_by_role("link", name="Create an account").click()
    expect(colleagues.get_by_label("E-mail address")).to_be_disabled()
    colleagues.get_by_label("Password").fill(PASSWORD)
    colleagues.get_by_role("button", name="Create my account").click()
    colleagues.get_by_role("button", name="Accept").click()
    expect(colleagues.get_by_role("heading", level=1)).to_have_text(LONG_NAME)

    sign_in(consultants, member(ConsultancyFactory.create(name="Clear Advice"), email="noor@example.org"))
    consultants.goto(to_consultant)
    consultants.get_by_label("For which organisation?").select_option("Clear Advice")
    consultants.get_by_role("button", name="Accept").click()
    expect(consultants.get_by_role("heading", level=1)).to_have_text(LONG_NAME)

    owners.get_by_role("link", name="People who can see this").click()
    owners.get_by_role("link", name="End Clear Advice").click()
    owners.get_by_role("button", name="End the access").click()
    expect(owners.get_by_role("status")).to_contain_text("Clear Advice can no longer see your organisation.")
    answer = consultants.reload()
    assert answer is not None
    assert answer.status == 404
    assert set(bakery.memberships.values_list("user__email", "role")) == {
        ("amelie@example.org", "owner"),
        ("bo@example.org", "editor"),
    }
    owners.get_by_role("link", name="Who changed what").click()
    expect(owners.locator("tbody tr")).to_have_count(5)
