"""Nobody's mailbox is filled by a stranger: every form that mails whichever address is typed."""

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.errors import ChangeRefused
from accounts.models import MAX_SENDINGS
from accounts.models.addresses import mailbox_of
from tests.accounts.inviting import invited
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
PASSWORD = "four unrelated words here"


@pytest.fixture(autouse=True)
def _by_mail(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "constant_time": "10000/m/ip"}


def reset(*addresses: str) -> list[int]:
    """Each from another network address, so that only the mailbox is counted."""
    return [
        Client(REMOTE_ADDR=f"192.0.2.{place}").post(reverse("account_reset_password"), {"email": address}).status_code
        for place, address in enumerate(addresses, 1)
    ]


@pytest.mark.parametrize(
    ("typed", "mailbox"),
    [
        ("Ann+shop@Example.org", "ann@example.org"),
        ("ann+a+b@example.org", "ann@example.org"),
        ("ann@example.org", "ann@example.org"),
        ("+@example.org", "+@example.org"),
        ("+tag@example.org", "+tag@example.org"),
        ("ann", "ann"),
    ],
)
def test_what_follows_a_plus_is_the_same_mailbox(typed: str, mailbox: str) -> None:
    assert mailbox_of(typed) == mailbox


def test_who_has_no_account_is_told_once_a_day() -> None:
    answers = reset("victim+1@example.com", "victim+2@example.com", "victim@example.com", "other@example.com")
    assert answers == [302] * 4, "the page says what it always says"
    assert [message.to[0] for message in mail.outbox] == ["victim+1@example.com", "other@example.com"]


def test_an_account_gets_so_many_links_in_a_day(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "mail_to_mailbox": "2/d/key"}
    people = [UserFactory.create(email=f"ann+{name}@example.org") for name in "abc"]
    reset(*(person.email for person in people))
    assert [message.to[0] for message in mail.outbox] == [person.email for person in people[:2]]
    assert re.search("password/reset/", str(mail.outbox[0].body))


def test_addresses_with_a_plus_use_up_nothing_of_the_plain_one(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "mail_to_mailbox": "2/d/key"}
    people = [UserFactory.create(email=f"ann{name}@example.org") for name in ("+a", "+b", "+c", "")]
    reset(*(person.email for person in people))
    assert [message.to[0] for message in mail.outbox] == ["ann+a@example.org", "ann+b@example.org", "ann@example.org"]


def test_asking_slowly_ends_with_the_day(settings: LazySettings) -> None:
    assert "100/d/ip" in settings.ACCOUNT_RATE_LIMITS["reset_password"]
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "reset_password": "20/m/ip,2/d/ip,3/h/key"}
    client = Client()
    codes = [
        client.post(reverse("account_reset_password"), {"email": f"{name}@example.org"}).status_code for name in "abc"
    ]
    assert codes == [302, 302, 429]


def test_signing_up_with_many_spellings_of_one_mailbox(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "mail_to_mailbox": "2/d/key"}
    for place in range(4):
        answers = {"email": f"victim+{place}@example.com", "password1": PASSWORD, "organisation_name": "Bakery"}
        answer = Client(REMOTE_ADDR=f"192.0.2.{place}").post(reverse("account_signup"), answers)
        assert answer.status_code == 302
    assert len(mail.outbox) == 2


def test_one_kind_of_mail_does_not_keep_back_another() -> None:
    """Whoever fills it with one keeps nobody from the link for a new password."""
    for _ in range(2):
        reset("ann@example.org")
    person = UserFactory.create(email="ann@example.org")
    reset(person.email)
    assert "password/reset/" in str(mail.outbox[-1].body)


def test_invitations_to_spellings_of_one_mailbox_are_counted_together() -> None:
    organisation = OrganisationFactory.create()
    owner = member(organisation)

    for place in range(MAX_SENDINGS):
        invited(organisation, owner, f"victim+{place}@example.com")
    with pytest.raises(ChangeRefused, match="enough mail to this address"):
        invited(organisation, owner, "victim@example.com")
    invited(organisation, owner, "somebody@example.com")
