"""An invitation to an address that somebody else signed up, and invitations in the hands of unconfirmed accounts."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from tests.accounts.inviting import invited
from tests.accounts.sign_up.signing_up import ADDRESS, MINE, THEIR_BUSINESS, is_all_veras, stranger
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def accept_page(token: str) -> str:
    return f"/invitations/{token}/"


def sign_up_from(path: str, **more: str) -> Client:
    client = Client()
    client.post(f"{reverse('account_signup')}?next={path}", {"password1": MINE, "next": path, **more})
    return client


def test_the_mailed_link_replaces_what_a_stranger_signed_up(
    owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    thief = stranger()
    thief.sign_up()
    path = accept_page(invited(bakery, owner, ADDRESS).token)
    client = sign_up_from(path)
    client.post(path)
    assert Membership.objects.get(user__email=ADDRESS).organisation == bakery
    assert not Organisation.objects.filter(name=THEIR_BUSINESS).exists()
    is_all_veras(thief)


def test_a_stranger_who_signed_up_first_gets_nothing_of_the_invitation(
    owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    path = accept_page(invited(bakery, owner, ADDRESS, by_mail=False).token)
    thief = stranger()
    thief.sign_up()
    thief.client.post(path)
    assert not Membership.objects.filter(organisation=bakery, user__email=ADDRESS).exists()
    copied = sign_up_from(path)
    assert "_auth_user_id" not in copied.session, "a copied link proves nothing about the mailbox"
    copied.post(path)
    assert not Membership.objects.filter(organisation=bakery, user__email=ADDRESS).exists()


def test_a_copied_link_is_accepted_once_the_address_is_confirmed(
    owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    """Signed in, from when the site had no mail or by a link of the operator."""
    person, client = UserFactory.create(email=ADDRESS), Client()
    client.force_login(person)
    address = EmailAddress.objects.create(user=person, email=ADDRESS, primary=True)
    path = accept_page(invited(bakery, owner, ADDRESS, by_mail=False).token)
    refused = client.post(path)
    assert refused.status_code == 409
    assert "Confirm your e-mail address first" in refused.content.decode()
    assert not bakery.memberships.filter(user=person).exists()
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    client.post(path)
    assert bakery.memberships.filter(user=person).exists()


@pytest.mark.parametrize("by_mail", [True, False])
def test_a_passkey_can_be_asked_for_from_an_invitation_too(
    by_mail: bool, owner: User, bakery: Organisation, with_mail: list[Any]
) -> None:
    path = accept_page(invited(bakery, owner, ADDRESS, by_mail=by_mail).token)
    client = sign_up_from(path, passkey="yes")
    assert not User.objects.get(email=ADDRESS).has_usable_password()
    page = client.get(reverse("account_signup_passkey"))
    assert page.status_code == (200 if by_mail else 302)
    if by_mail:
        answer = client.post(reverse("account_signup_passkey"), {"password1": MINE})
        assert answer["Location"] == path
