import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as allauth_codes
from django.core import mail
from django.test import Client

from accounts.models import Organisation, User
from accounts.second_step import app_codes
from accounts.second_step.app_codes import SECONDS
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


class CodeClock:
    """The clock of the server and of every authenticator app; it stands still until a test lets time pass."""

    def __init__(self, now: float) -> None:
        self.now = now // SECONDS * SECONDS

    def time(self) -> float:
        return self.now

    def pass_by(self, seconds: float = SECONDS) -> None:
        self.now += seconds


@pytest.fixture
def code_clock(monkeypatch: pytest.MonkeyPatch) -> CodeClock:
    clock = CodeClock(time.time())
    for module in (app_codes, allauth_codes):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def bakery(owner: User) -> Organisation:
    return owner.memberships.get().organisation
