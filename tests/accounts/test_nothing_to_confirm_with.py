"""People with neither password nor second step, and people with a passkey alone: what is dangerous is asked for."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sign_in.links import create_sign_in_link
from tests.accounts.software_passkeys import SoftwarePasskey
from tests.accounts.test_sign_in import SITE, link_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BY_LINK = reverse("account_reauthenticate_link")
DANGEROUS = ("account_delete", "account_set_password", "mfa_activate_totp", "mfa_add_webauthn")
TOO_LONG_AGO = 600


@pytest.fixture
def person() -> User:
    person: User = UserFactory.create(email="ann@example.org")
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    token = create_sign_in_link(user=person, lifetime=timedelta(hours=1))
    client.post(reverse("sign_in_link", args=[token]))
    assert "_auth_user_id" in client.session
    return client


def some_time_later(client: Client) -> None:
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= TOO_LONG_AGO
    session.save()


def asked_by(client: Client, name: str) -> str:
    """Where the page leads that asks for a confirmation; empty if the page simply opens."""
    answer = client.get(reverse(name))
    return str(answer.headers.get("Location", "")).partition("?")[0]


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_new_link_is_asked_for_once_the_last_is_some_time_ago(person: User, name: str) -> None:
    client = signed_in(person)
    assert asked_by(client, name) == ""
    some_time_later(client)
    assert asked_by(client, name) == BY_LINK
    assert asked_by(client, "settings") == ""


def test_nothing_is_changed_by_what_is_sent_without_it(person: User) -> None:
    client = signed_in(person)
    some_time_later(client)
    client.post(reverse("account_set_password"), {"password1": "nine honest loaves rise"})
    client.post(reverse("account_delete"), {"email": person.email})
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert person.erased_at is None


def test_the_link_comes_by_mail_and_opens_the_way(person: User, with_mail: list[Any]) -> None:
    client = signed_in(person)
    some_time_later(client)
    assert "Send me a link" in client.get(BY_LINK).content.decode()
    assert person.email in client.post(BY_LINK).content.decode()
    (sent,) = with_mail
    assert sent.to == [person.email]
    client.post(link_in(sent) if SITE in sent.body else "/" + sent.body.split("://")[1].split()[0].partition("/")[2])
    assert asked_by(client, "account_delete") == ""


def test_mails_are_counted(person: User, with_mail: list[Any]) -> None:
    client = signed_in(person)
    pages = [client.post(BY_LINK).content.decode() for _time in range(5)]
    assert len(with_mail) < len(pages)
    assert "Too many attempts" in pages[-1]


def test_without_mail_or_a_confirmed_address_it_says_whom_to_ask(person: User, with_mail: list[Any]) -> None:
    EmailAddress.objects.update(verified=False)
    assert "Ask whoever runs this site" in signed_in(person).post(BY_LINK).content.decode()
    assert with_mail == []


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_passkey_alone_is_asked_for(person: User, name: str) -> None:
    client = signed_in(person)
    SoftwarePasskey(person)
    assert asked_by(client, name) == reverse("mfa_reauthenticate_webauthn") or asked_by(client, name) == reverse(
        "mfa_reauthenticate"
    )
    assert asked_by(client, "account_reauthenticate_link") == reverse("account_reauthenticate")
