"""Signing up without a password: a passkey from the first page on, with Chromium's virtual authenticator."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.accounts.sign_up.signing_up import confirmation_link
from tests.browser.accessibility import check_looks
from tests.browser.test_accounts import give_authenticator
from tests.factories import PASSWORD

ADDRESS = "new@example.org"


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def fill_in(page: Page) -> None:
    page.goto(reverse("account_signup"))
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Name of your business").fill("Boulangerie Lumière")


def make_passkey(page: Page) -> None:
    heading(page, "Make your passkey")
    check_looks(page)
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Your recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have put them away: continue to the page I wanted").click()
    heading(page, "Boulangerie Lumière")
    person = User.objects.get(email=ADDRESS)
    assert not person.has_usable_password()
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count() == 1


def test_an_account_with_a_passkey_and_no_password(page: Page, transactional_db: None) -> None:
    give_authenticator(page)
    fill_in(page)
    expect(page.get_by_text("You sign in as you unlock your device")).to_be_visible()
    check_looks(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    make_passkey(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    heading(page, "Boulangerie Lumière")


def test_with_mail_the_passkey_is_made_after_the_address_is_confirmed(
    page: Page, new_page: Callable[..., Page], transactional_db: None, settings: LazySettings
) -> None:
    """Also where the link is opened on another device: the account is started over there, with a passkey."""
    settings.MAIL_CONFIGURED, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    fill_in(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    heading(page, "Check your mail")
    assert not Authenticator.objects.exists()
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]
    link = confirmation_link(EmailAddress.objects.get())
    phone = new_page()
    give_authenticator(phone)
    phone.goto(link)
    heading(phone, "Confirm your e-mail address")
    check_looks(phone)
    phone.get_by_role("button", name="Confirm with a passkey").click()
    expect(phone.get_by_role("alert")).to_contain_text("Enter the name of your business")
    phone.get_by_label("Name of your business").fill("Boulangerie Lumière")
    phone.get_by_role("button", name="Confirm with a passkey").click()
    make_passkey(phone)
    page.goto(link)
    expect(page.get_by_text("This link no longer works.")).to_be_visible()
    check_looks(page)


def test_a_refused_passkey_leaves_the_password(page: Page, transactional_db: None) -> None:
    page.add_init_script(
        "CredentialsContainer.prototype.create = async () => { throw new DOMException('NotAllowedError') }"
    )
    fill_in(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used.")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Use this password").click()
    heading(page, "Boulangerie Lumière")
    assert User.objects.get(email=ADDRESS).check_password(PASSWORD)


def test_without_javascript_there_is_the_password(no_script_page: Page, transactional_db: None) -> None:
    fill_in(no_script_page)
    expect(no_script_page.get_by_role("button", name="Use a passkey instead")).to_be_hidden()
    no_script_page.get_by_label("Password").fill(PASSWORD)
    no_script_page.get_by_role("button", name="Create my account").click()
    heading(no_script_page, "Boulangerie Lumière")
