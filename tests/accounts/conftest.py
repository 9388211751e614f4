from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Organisation, User
from tests.factories import OrganisationFactory, member


@pytest.fixture
def with_mail(settings: Any) -> list[Any]:
    """The site with mail set up; returns the outbox."""
    settings.MAIL_CONFIGURED = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False
    settings.SITE_URL = "http://testserver"
    mail.outbox.clear()
    return mail.outbox


@pytest.fixture
def owner(db: None) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"), name="Amélie", email="amelie@example.org")


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture
def confirmed(signed_in: Client) -> Callable[[], Client]:
    """Signed in with the password just entered again, as changing MFA requires."""

    def confirm() -> Client:
        signed_in.post("/account/confirm/", {"password": "four blue kettles sing"})
        return signed_in

    return confirm


@pytest.fixture
def bakery(owner: User) -> Organisation:
    return owner.memberships.get().organisation
