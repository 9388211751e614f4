"""An e-mail address is one, however somebody's keyboard writes it."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import Invitation, InvitationKind, Organisation, Role, User
from accounts.models.addresses import normal_address
from accounts.services.invitations import invite
from tests.factories import PASSWORD, OrganisationFactory, UserFactory, member
from tests.migrating import migrate, newest_migrations

PLAIN, UMLAUT = "ann@example.org", "ann@bücher.example"
# Not strasse.example, whose owner is somebody else: mails go where this says.
SHARP_S = "ann@xn--strae-oqa.example"
# Letters of keyboards for other scripts, and of formulas: they stand as far behind the usual ones.
WIDE, BOLD = (f"ann@{''.join(chr(ord(letter) + away) for letter in 'example')}.org" for away in (0xFEE0, 0x1D3B9))
AS_TYPED = {
    WIDE: PLAIN,
    "ann@example。org": PLAIN,
    "Ann@EXAMPLE.ORG ": PLAIN,
    "ann@exam\u00adple.org": PLAIN,
    BOLD: PLAIN,
    "ann@xn--bcher-kva.example": UMLAUT,
    "ann@bu\u0308cher.example": UMLAUT,
    "ann@BÜCHER.example": UMLAUT,
    "ann@exam\u200dple.org": PLAIN,
    "Ann@STRAßE.example": SHARP_S,
    "ann@xn--strae-oqa.example": SHARP_S,
    "ann@λόγος.example": "ann@xn--oxapnm1c.example",
    "\u017fam@example.org": "sam@example.org",
    "\u212aim@example.org": "kim@example.org",
}


@pytest.mark.parametrize(("typed", "meant"), AS_TYPED.items())
def test_what_is_typed_is_one_address(typed: str, meant: str) -> None:
    assert normal_address(typed) == meant
    assert normal_address(meant) == meant


@pytest.mark.parametrize(
    "typed", ["", "ann", "@", "ann@", "ann@[192.0.2.1]", f"ann@{'a' * 64}.org", "ann@a..b", "a@b@c.org"]
)
def test_what_is_no_address_stays_none(typed: str) -> None:
    assert normal_address(typed) == typed


@pytest.mark.django_db
@pytest.mark.parametrize("typed", AS_TYPED)
def test_nobody_gets_a_second_account_by_writing_it_differently(client: Client, typed: str) -> None:
    person = UserFactory.create(email=AS_TYPED[typed])
    answers = {"email": typed, "password1": "four other blue kettles", "organisation_name": "Bakery"}
    client.post(reverse("account_signup"), answers)
    assert list(User.objects.all()) == [person]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [WIDE, "ann@xn--bcher-kva.example"])
def test_signing_up_and_in_with_either_form(client: Client, typed: str) -> None:
    answers = {"email": typed, "password1": PASSWORD, "organisation_name": "Bakery"}
    assert client.post(reverse("account_signup"), answers)["Location"] == reverse("home")
    assert User.objects.get().email == EmailAddress.objects.get().email == AS_TYPED[typed]
    for login in (typed, AS_TYPED[typed]):
        again = Client()
        again.post(reverse("account_login"), {"login": login, "password": PASSWORD})
        assert "_auth_user_id" in again.session, login


@pytest.mark.django_db
def test_an_address_that_turns_into_something_else_is_refused(client: Client) -> None:
    """℀ is a/c to whoever reads it."""
    answers = {"email": "ann@\u2100.example", "password1": PASSWORD, "organisation_name": "Bakery"}
    assert "Enter a valid email address" in client.post(reverse("account_signup"), answers).content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_new_password_for_whoever_types_the_address_in_capitals_or_wide(
    client: Client, settings: LazySettings
) -> None:
    settings.MAIL_CONFIGURED = True
    UserFactory.create(email=PLAIN)
    for typed in ("ANN@Example.org", WIDE):
        mail.outbox.clear()
        client.post(reverse("account_reset_password"), {"email": typed})
        (sent,) = mail.outbox
        assert sent.to == [PLAIN]
        assert "/password/reset/" in sent.body


@pytest.mark.django_db
def test_an_invitation_is_for_one_address() -> None:
    organisation: Organisation = OrganisationFactory.create()
    by = Actor(member(organisation, Role.OWNER))
    wanted: dict[str, Any] = {
        "organisation": organisation,
        "kind": InvitationKind.MEMBER,
        "by": by,
        "by_mail": True,
        "role": Role.VIEWER,
    }
    invite(email=WIDE, **wanted)
    assert Invitation.objects.get().email == PLAIN
    with pytest.raises(ChangeRefused):
        invite(email=PLAIN, **wanted)


@pytest.mark.django_db(transaction=True)
def test_addresses_of_before_are_written_in_this_form() -> None:
    wide, taken, own = WIDE, WIDE.replace("ann", "bo", 1), "bo@example.org"
    try:
        old = migrate(("accounts", "0019_names_however_spaced"))
        for email in (wide, taken, own):
            old.get_model("accounts", "User").objects.create(email=email, password="!")
    finally:
        migrate(*newest_migrations())
    assert set(User.objects.values_list("email", flat=True)) == {PLAIN, taken, own}
