"""The page that makes the passkey of a new account: what does not fit is refused, and there is always another way."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.sign_up.signing_up import MINE, vera
from tests.accounts.test_sign_in import sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/account/sign-up/passkey/"


@pytest.fixture
def hers() -> Client:
    """A browser that asked for a passkey, on a site without mail."""
    owner = vera([])
    owner.sign_up_by_passkey()
    return owner.client


def test_only_who_signs_up_without_a_password_gets_there(client: Client) -> None:
    assert client.get(PAGE)["Location"] == reverse("account_signup")
    client.force_login(UserFactory.create())
    assert client.get(PAGE)["Location"] == reverse("home")


def test_what_is_typed_as_a_password_counts_for_nothing_beside_the_passkey_button(client: Client) -> None:
    owner = vera([])
    assert owner.sign_up(passkey="yes", password1="short")["Location"] == PAGE
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize(
    "credential", ["", "no json", "[]", "{}", "null", "1", json.dumps({"id": "x"}), "\x00", "[" * 999]
)
def test_junk_is_refused_and_the_page_stays(credential: str, hers: Client) -> None:
    answer = hers.post(PAGE, {"credential": credential})
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        assert "The passkey was not used." in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert "_auth_user_id" not in hers.session
    assert hers.get(PAGE).status_code == 200


def test_a_password_has_to_be_a_good_one_there_too(hers: Client) -> None:
    answer = hers.post(PAGE, {"password1": "123456789012"})
    assert answer.status_code == 422
    assert "easy to guess" in answer.content.decode()
    hers.post(PAGE, {"password1": MINE})
    assert hers.get("/settings/").status_code == 200, "signed in, at the next request too"


def test_an_empty_form_says_what_is_missing(hers: Client) -> None:
    assert "Choose a new password." in hers.post(PAGE).content.decode()


def test_the_sign_in_page_stays_open_to_others_who_use_the_browser(hers: Client) -> None:
    other = UserFactory.create()
    assert hers.get(reverse("account_login")).status_code == 200
    sign_in(hers, other.email)
    assert hers.session["_auth_user_id"] == str(other.pk)
    assert hers.get(PAGE)["Location"] == reverse("home")


def test_two_tabs_make_one_account(hers: Client) -> None:
    hers.post(PAGE, {"password1": MINE})
    assert hers.post(PAGE, {"password1": "seven quiet lanterns hum"})["Location"] == reverse("home")
    assert User.objects.get().check_password(MINE)


def test_with_mail_nothing_is_made_before_the_address_is_confirmed(with_mail: list[Any]) -> None:
    owner = vera(with_mail)
    assert owner.sign_up_by_passkey()["Location"] == reverse("account_email_verification_sent")
    assert owner.client.get(PAGE)["Location"] == reverse("account_signup")
    assert owner.confirm(owner.links()[0])["Location"] == PAGE
    assert "Make your passkey" in owner.client.get(PAGE).content.decode()


def test_who_never_made_the_passkey_gets_in_by_a_password_by_mail(with_mail: list[Any]) -> None:
    owner = vera(with_mail)
    owner.sign_up_by_passkey()
    owner.confirm(owner.links()[0])
    later = vera(with_mail)
    later.reset_password()
    later.sign_in()
    assert later.is_in
    assert User.objects.get().memberships.get().organisation.name == later.business, "it was confirmed where it began"
