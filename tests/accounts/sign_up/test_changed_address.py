"""An address that somebody wants to change to: it blocks no sign-up, and a click alone gives nobody an account."""

import time
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from tests.accounts.sign_up.signing_up import (
    ADDRESS,
    MINE,
    MY_BUSINESS,
    confirmation_link,
    is_all_veras,
    stranger,
    vera,
)
from tests.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(with_mail: list[Any]) -> User:
    """Has an account of their own, and asked to change its address to Vera's."""
    person = member(OrganisationFactory.create(name="Elsewhere Ltd"), email="other@example.org")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


@pytest.fixture
def others(other: User) -> Client:
    client = Client()
    sign_in(client, other.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def ask_for_her_address(client: Client) -> None:
    client.post(reverse("account_email"), {"email": ADDRESS, "action_add": ""})


def test_whoever_reads_her_mail_is_not_led_into_anothers_account(
    other: User, others: Client, with_mail: list[Any]
) -> None:
    ask_for_her_address(others)
    owner = vera(with_mail)
    page = owner.client.get(owner.links()[0]).content.decode()
    assert "Sign in first" in page
    assert "nothing changes" in page
    assert "other@example.org" not in page
    owner.client.post(owner.links()[0], {"password1": MINE})
    other.refresh_from_db()
    assert other.email == "other@example.org"
    assert not EmailAddress.objects.get(email=ADDRESS).verified
    assert not owner.is_in


def test_she_signs_up_all_the_same_and_the_change_is_off(other: User, others: Client, with_mail: list[Any]) -> None:
    ask_for_her_address(others)
    owner = vera(with_mail)
    change = owner.links()[0]
    owner.sign_up()
    # The mail for the change was sent less than three minutes ago, so she asks for a password in place of a new link.
    owner.reset_password()
    is_all_veras(stranger())
    assert "no longer works" in others.post(change).content.decode()
    other.refresh_from_db()
    assert other.email == "other@example.org"


def test_the_link_of_a_change_by_somebody_else_confirms_her_own_sign_up(
    other: User, others: Client, with_mail: list[Any]
) -> None:
    """It is the only mail that she gets: the limit for mails to her address is used up by the change."""
    ask_for_her_address(others)
    owner, phone = vera(with_mail), vera(with_mail)
    owner.sign_up()
    (change,) = owner.links()
    owner.confirm(change)
    assert owner.is_in
    is_all_veras(stranger())
    assert "no longer works" in others.post(change).content.decode()
    assert "no longer works" in phone.confirm(change).content.decode()
    other.refresh_from_db()
    assert other.email == "other@example.org"


def test_the_link_of_a_change_starts_a_strangers_sign_up_over(
    other: User, others: Client, with_mail: list[Any]
) -> None:
    ask_for_her_address(others)
    thief, owner = stranger(), vera(with_mail)
    thief.sign_up()
    (change,) = owner.links()
    owner.confirm(change)
    assert owner.is_in
    is_all_veras(thief)


def test_a_new_password_for_her_address_is_not_one_for_the_other_account(
    other: User, others: Client, with_mail: list[Any]
) -> None:
    ask_for_her_address(others)
    Client().post(reverse("account_reset_password"), {"email": ADDRESS})
    assert "/password/reset/" not in with_mail[-1].body
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


@pytest.mark.parametrize("first", ["sign up", "change"])
def test_an_account_that_nobody_confirmed_does_not_keep_its_owner_from_changing(
    first: str, other: User, others: Client, with_mail: list[Any]
) -> None:
    """Here the other one is Vera, with an account at work; a stranger signed her address up."""
    acts: list[Callable[[], object]] = [stranger().sign_up, partial(ask_for_her_address, others)]
    for act in acts if first == "sign up" else acts[::-1]:
        act()
    link = confirmation_link(EmailAddress.objects.get(user=other, email=ADDRESS))
    assert "Yes, confirm" in others.get(link).content.decode()
    others.post(link)
    other.refresh_from_db()
    assert other.email == ADDRESS
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Elsewhere Ltd"]
    assert User.objects.filter(erased_at=None).count() == 1


def test_an_address_in_use_is_not_taken_over(other: User, others: Client, with_mail: list[Any]) -> None:
    ask_for_her_address(others)
    User.objects.create_user(ADDRESS, MINE, last_login="2026-01-01T00:00Z")
    assert "no longer works" in others.post(vera(with_mail).links()[0]).content.decode()
    other.refresh_from_db()
    assert other.email == "other@example.org"


def test_the_page_that_sends_to_sign_in_leads_back(other: User, others: Client, with_mail: list[Any]) -> None:
    ask_for_her_address(others)
    link = vera(with_mail).links()[0]
    phone = Client()
    assert f"{reverse('account_login')}?next={link.replace(':', '%3A')}" in phone.get(link).content.decode()
    assert sign_in(phone, other.email, next=link)["Location"] == link
    phone.post(link)
    other.refresh_from_db()
    assert other.email == ADDRESS


def test_her_sign_up_and_his_change_each_keep_their_own(other: User, others: Client, with_mail: list[Any]) -> None:
    vera(with_mail).sign_up()
    owner = vera(with_mail)
    owner.confirm(owner.links()[0])
    ask_for_her_address(others)
    assert User.objects.get(email=ADDRESS).memberships.get().organisation.name == MY_BUSINESS
    other.refresh_from_db()
    assert other.email == "other@example.org"


def test_one_account_sends_mails_to_few_strangers(
    others: Client, with_mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(3):
        now = time.time() + 61 * minute
        monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda now=now: now, monotonic=time.monotonic))
        for number in range(11):
            others.post(reverse("account_email"), {"email": f"stranger{minute}-{number}@example.org", "action_add": ""})
    assert len(with_mail) == 20
