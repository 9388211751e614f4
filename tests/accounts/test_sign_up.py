"""Signing up: one step, all or nothing, and the same answer for known and unknown addresses."""

from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Membership, Organisation, Role, User
from accounts.sign_up.forms import SignUpForm
from tests.accounts.inviting import invited
from tests.factories import PASSWORD, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
ANSWERS = {"email": "New@Example.org", "password1": PASSWORD, "organisation_name": "  Boulangerie   Lumière "}


def sign_up(client: Client, **changes: str) -> Any:
    return client.post(reverse("account_signup"), {**ANSWERS, **changes})


def test_one_step_makes_person_organisation_and_ownership(client: Client) -> None:
    response = sign_up(client)
    assert response["Location"] == reverse("home")
    membership = Membership.objects.select_related("user", "organisation").get()
    assert membership.user.email == "new@example.org"
    assert membership.user.check_password(PASSWORD)
    assert (membership.organisation.name, membership.organisation.kind) == ("Boulangerie Lumière", "business")
    assert membership.role == Role.OWNER
    assert client.session["_auth_user_id"] == str(membership.user.pk)


def test_nobody_becomes_staff_by_asking(client: Client) -> None:
    sign_up(client, is_staff="on", is_superuser="on", role="owner", kind="consultancy", organisation="1")
    user = User.objects.get()
    assert not user.is_staff
    assert not user.is_superuser
    assert Organisation.objects.get().kind == "business"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "no address", "Enter a valid email address"),
        ("email", "", "Enter your e-mail address."),
        ("password1", "", "Choose a password."),
        ("password1", "short", "too short"),
        ("password1", "password1234", "easy to guess"),
        ("password1", "BoulangerieLumiere1", "easy to guess"),
        ("password1", "new@example.org", "too similar"),
        ("organisation_name", "   ", "Enter the name of your business"),
        ("organisation_name", "x" * 121, "at most 120 characters"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_made(
    client: Client, field: str, value: str, words: str
) -> None:
    page = sign_up(client, **{field: value}).content.decode()
    assert words in page
    assert f'href="#id_{field}"' in page
    assert "<title>Error:" in page
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_all_or_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("the organisation cannot be made")

    monkeypatch.setattr("accounts.sign_up.forms.create_organisation", fails)
    with pytest.raises(RuntimeError):
        sign_up(client)
    assert not User.objects.exists()


def test_known_and_unknown_address_get_the_same_answer(client: Client, with_mail: list[Any]) -> None:
    UserFactory.create(email="known@example.org")
    answers = [sign_up(Client(), email=address) for address in ("known@example.org", "unknown@example.org")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_email_verification_sent"))
    }
    assert Organisation.objects.count() == 1
    mails = {mail.to[0]: mail.body for mail in with_mail}
    assert "already has one" in mails["known@example.org"]
    assert "/account/email/confirm/" in mails["unknown@example.org"]


@pytest.mark.parametrize("way_on", ["//[", "https://a]/", "http://\u2100.example.org/", "http://a:b/", "///["])
@pytest.mark.parametrize("page", ["account_signup", "account_login", "account_reset_password"])
def test_a_way_on_that_is_no_address_leads_nowhere(
    client: Client, page: str, way_on: str, with_mail: list[Any]
) -> None:
    """It was 500 for people without an account alone."""
    assert client.get(reverse(page), {"next": way_on}).status_code == 200
    UserFactory.create(email="known@example.org")
    answers = [sign_up(Client(), email=email, next=way_on) for email in ("known@example.org", "unknown@example.org")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer["Location"] for answer in answers}) == 1


def test_the_known_address_may_be_typed_in_capitals(client: Client) -> None:
    UserFactory.create(email="known@example.org")
    assert "already has an account" in sign_up(client, email="KNOWN@example.org").content.decode()
    assert User.objects.count() == 1


def test_with_mail_the_address_is_confirmed_before_the_first_page(client: Client, with_mail: list[Any]) -> None:
    sign_up(client)
    assert "_auth_user_id" not in client.session
    link = next(word for word in with_mail[0].body.split() if "/email/confirm/" in word)
    path = link.removeprefix("http://testserver")
    assert "new@example.org" in client.get(path).content.decode()
    assert "_auth_user_id" not in client.session, "mail scanners open links: only the button confirms"
    assert client.post(path)["Location"] == reverse("home")
    assert "_auth_user_id" in client.session


def test_the_same_form_sent_twice_at_once_makes_one_account(rf: RequestFactory) -> None:
    """Both passed the check for a known e-mail address; the database lets one through."""
    request = rf.post(reverse("account_signup"), ANSWERS)
    request.session = SessionBase()
    request._messages = _Messages()  # type: ignore[attr-defined]
    form = SignUpForm(data=ANSWERS)
    assert form.is_valid()
    UserFactory.create(email="new@example.org")
    user, answer = form.try_save(request)
    assert user is None
    assert answer is not None
    assert answer["Location"] == reverse("account_login")
    assert Organisation.objects.count() == 0


class _Messages:
    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        assert "already has an account" in str(message)


def test_a_link_in_other_hands_does_not_tell_the_invited_address(client: Client, with_mail: list[Any]) -> None:
    organisation = OrganisationFactory.create()
    path = f"/invitations/{invited(organisation, member(organisation), 'secret.name@example.org').token}/"
    page = client.get(reverse("account_signup"), {"next": path}).content.decode()
    assert "s…@example.org" in page
    assert "secret.name" not in page
    client.post(reverse("account_signup") + f"?next={path}", {"password1": PASSWORD, "email": "else@example.org"})
    assert User.objects.filter(email="secret.name@example.org").exists()
    assert not User.objects.filter(email="else@example.org").exists()
