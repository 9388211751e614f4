"""Signing up and in as people do it: in Chromium, with and without JavaScript, by keyboard, with a passkey."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Organisation, Role, User
from accounts.sign_in.sessions import end_sessions
from tests.browser.accessibility import check_looks
from tests.factories import PASSWORD, EngagementFactory, InvitationFactory, OrganisationFactory, member

SignIn = Callable[[Page, User], None]
PUBLIC = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_inactive",
    "account_reset_password_done",
)
OWN = (
    "settings",
    "account_change_password",
    "account_email",
    "account_logout",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
)
CONFIRMED = ("mfa_activate_totp", "mfa_add_webauthn")


@pytest.fixture
def owner(transactional_db: None) -> User:
    organisation = OrganisationFactory.create(name="Boulangerie Lumière")
    member(organisation, Role.EDITOR, name="Basile Petit")
    EngagementFactory.create(client=organisation)
    return member(organisation, name="Amélie", email="amelie@example.org")


def confirm(page: Page) -> None:
    asked = page.url
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page).not_to_have_url(asked)


def keep_codes(page: Page) -> None:
    check_looks(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a file").click()
    assert page.locator(".codes li").first.inner_text() in download.value.path().read_text()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)


@pytest.mark.long
def test_every_page_is_accessible(page: Page, owner: User, sign_in: SignIn) -> None:
    for name in PUBLIC:
        page.goto(reverse(name))
        check_looks(page)
    page.goto(reverse("account_signup"))
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    check_looks(page)
    sign_in(page, owner)
    for path in (*map(reverse, OWN), reverse("people", args=[owner.memberships.get().organisation_id])):
        page.goto(path)
        check_looks(page)
    page.goto(reverse(CONFIRMED[0]))
    check_looks(page)
    confirm(page)
    for name in CONFIRMED:
        page.goto(reverse(name))
        check_looks(page)


def test_sign_up_by_keyboard_alone(page: Page, transactional_db: None) -> None:
    page.goto(reverse("account_signup"))
    page.get_by_label("E-mail address").focus()
    for words in ("new@example.org", PASSWORD, "Boulangerie Lumière"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Create my account")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")
    assert Organisation.objects.get().memberships.get().user.email == "new@example.org"


def test_signing_in_and_out_without_javascript(no_script_page: Page, owner: User) -> None:
    page = no_script_page
    page.goto(reverse("settings"))
    expect(page.get_by_role("button", name="passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    page.get_by_role("button", name="Sign out").click()
    page.goto(reverse("settings"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_open_page_is_put_away_and_comes_back_with_what_was_typed(page: Page, owner: User, sign_in: SignIn) -> None:
    organisation = owner.memberships.get().organisation
    sign_in(page, owner)
    page.goto(reverse("organisation_rename", args=[organisation.pk]))
    page.get_by_label("Name").fill("Boulangerie du Soleil")
    other = page.context.new_page()
    other.goto(reverse("settings"))
    other.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    assert "Lumière" not in page.content()
    check_looks(page)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    again = opened.value
    again.get_by_label("E-mail address").fill(owner.email)
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again.get_by_role("button", name="Sign out")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_label("Name")).to_have_value("Boulangerie du Soleil")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie du Soleil")

    end_sessions(owner)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


def test_a_passkey_from_signing_up_to_signing_in_with_it_alone_to_removing(page: Page, transactional_db: None) -> None:
    give_authenticator(page)
    page.goto(reverse("account_signup"))
    page.get_by_label("E-mail address").fill("new@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name of your business").fill("Boulangerie Lumière")
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")
    owner = User.objects.get(email="new@example.org")

    offer = page.get_by_role("region", name="Keep others out of your answers")
    expect(offer).to_have_count(0)
    InvitationFactory.create(organisation=owner.memberships.get().organisation, invited_by=owner)
    page.reload()
    offer.get_by_role("link", name="Set up a second step").click()
    page.get_by_role("link", name="Your passkeys").click()
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    keep_codes(page)
    assert Authenticator.objects.filter(user=owner, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.get_by_role("button", name="Sign out").click()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")
    expect(offer).to_have_count(0)

    page.get_by_role("button", name="Sign out").click()
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    check_looks(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")

    page.goto(reverse("mfa_list_webauthn"))
    check_looks(page)
    page.get_by_role("link", name="Remove Work laptop").click()
    page.get_by_role("link", name="Use my passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("status")).to_contain_text("The passkey is removed.")
    assert not Authenticator.objects.filter(user=owner).exists()


def test_a_consultant_sets_up_a_passkey_on_the_way_to_a_client(page: Page, owner: User) -> None:
    practice = EngagementFactory.create(client=owner.memberships.get().organisation).consultancy
    consultant = member(practice, second_step=False, email="rima@example.org")
    give_authenticator(page)
    client = reverse("organisation", args=[owner.memberships.get().organisation_id])
    page.goto(client)
    page.get_by_label("E-mail address").fill(consultant.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step to sign in")
    check_looks(page)
    page.goto(reverse("settings"))
    check_looks(page)
    page.goto("/home/")
    page.goto(client)
    page.get_by_role("link", name="Set up a passkey").click()
    confirm(page)
    page.get_by_label("Name").fill("Phone")
    page.get_by_role("button", name="Add the passkey").click()
    onward = page.get_by_role("link", name="continue to the page I wanted")
    expect(onward).to_be_visible()
    check_looks(page)
    onward.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")

    page.get_by_role("button", name="Sign out").click()
    page.goto(client)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")


def test_an_owner_says_not_now_without_javascript(no_script_page: Page, owner: User, sign_in: SignIn) -> None:
    page = no_script_page
    InvitationFactory.create(organisation=owner.memberships.get().organisation, invited_by=owner)
    sign_in(page, owner)
    page.goto("/home/")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boulangerie Lumière")
    expect(page.get_by_role("button", name="Not now")).to_have_count(0)


def test_a_passkey_that_is_refused_says_so_and_leaves_the_other_way(page: Page, owner: User) -> None:
    page.add_init_script(
        "CredentialsContainer.prototype.get = async () => { throw new DOMException('NotAllowedError') }"
    )
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used.")
    expect(page.get_by_label("Password")).to_be_enabled()


def give_authenticator(page: Page) -> None:
    """A device that always finds its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
