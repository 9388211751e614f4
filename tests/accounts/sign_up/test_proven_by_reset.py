"""A new password by mail, for an account whose address nobody had proven: what somebody else set up is gone."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.utils import timezone

from accounts.models import Organisation, User
from tests.accounts.sign_up.signing_up import ADDRESS, MINE, MY_BUSINESS, THEIR_BUSINESS, THEIRS, SomebodyAt
from tests.accounts.software_passkeys import SoftwarePasskey

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(settings: LazySettings) -> SomebodyAt:
    """Signed up with the address and used the account, on a site that sent no mail then."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    stranger = SomebodyAt(THEIRS, THEIR_BUSINESS)
    stranger.sign_up()
    assert stranger.is_in
    SoftwarePasskey(the_account())
    return stranger


def the_account() -> User:
    return User.objects.get(email=ADDRESS)


def in_use(**more: object) -> None:
    User.objects.filter(email=ADDRESS).update(last_login=timezone.now(), **more)


@pytest.fixture
def reader(stranger: SomebodyAt, with_mail: list[Any], settings: LazySettings) -> SomebodyAt:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    return SomebodyAt(MINE, MY_BUSINESS, with_mail)


def test_the_strangers_passkey_and_browser_are_out(stranger: SomebodyAt, reader: SomebodyAt) -> None:
    in_use()
    EmailAddress.objects.create(user=the_account(), email="theirs@example.org")
    reader.reset_password()
    assert not Authenticator.objects.exists()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(ADDRESS, True, True)]
    assert not stranger.is_in or stranger.client.get("/account/sessions/").status_code == 302
    assert the_account().check_password(MINE)
    assert Organisation.objects.get().name == THEIR_BUSINESS


def test_of_a_confirmed_address_the_second_step_stays(stranger: SomebodyAt, reader: SomebodyAt) -> None:
    in_use()
    EmailAddress.objects.filter(email=ADDRESS).update(verified=True)
    reader.reset_password()
    assert Authenticator.objects.filter(user=the_account()).exists()
    assert the_account().check_password(MINE)


@pytest.mark.parametrize("right", ["is_staff", "is_superuser", "edits_bank"])
def test_with_rights_of_the_site_a_mailbox_is_not_enough(stranger: SomebodyAt, reader: SomebodyAt, right: str) -> None:
    in_use(**{right: True})
    reader.reset_password()
    assert Authenticator.objects.filter(user=the_account()).exists()
