"""Links in mails lead to SITE_URL, whatever host the request names: its sender chooses that."""

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://check.example.org"
HOSTS = ["testserver:4711", "testserver.", "testserver"]


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.SITE_URL = SITE


def links() -> list[str]:
    return re.findall(r"https?://\S+", "\n".join(str(sent.body) for sent in mail.outbox))


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_password(client: Client, host: str) -> None:
    person = UserFactory.create()
    client.post(reverse("account_reset_password"), {"email": person.email}, headers={"host": host})
    assert links()
    assert all(link.startswith(f"{SITE}/account/password/reset/") for link in links())


@pytest.mark.parametrize("host", HOSTS)
def test_an_address_without_an_account(client: Client, host: str) -> None:
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, headers={"host": host})
    assert all(link.startswith(SITE) for link in links())


@pytest.mark.parametrize("host", HOSTS)
def test_confirming_an_address(client: Client, host: str) -> None:
    answers = {"email": "new@example.org", "password1": PASSWORD, "organisation_name": "Bakery"}
    client.post(reverse("account_signup"), answers, headers={"host": host})
    assert links()
    assert all(link.startswith(f"{SITE}/account/email/confirm/") for link in links())
    assert all("testserver" not in str(sent.body) for sent in mail.outbox)


@pytest.mark.parametrize("host", HOSTS)
def test_an_address_that_has_an_account(client: Client, host: str) -> None:
    person = UserFactory.create()
    answers = {"email": person.email, "password1": PASSWORD, "organisation_name": "Bakery"}
    client.post(reverse("account_signup"), answers, headers={"host": host})
    assert links()
    assert all(link.startswith(SITE) for link in links())
