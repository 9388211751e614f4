"""Two people and one address: a stranger who types it, and whoever reads its mail."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.test_sign_in import link_in, sign_in

ADDRESS = "vera@example.org"
THEIRS, MINE = "five stolen kites drift", "nine honest loaves rise"
THEIR_BUSINESS, MY_BUSINESS = "Not Vera Ltd", "Vera’s Bakery"


class SomebodyAt:
    """A browser and what its owner types; `mailbox` is empty for who cannot read the mail."""

    def __init__(self, password: str, business: str, mailbox: list[Any] | None = None) -> None:
        self.client, self.password, self.business = Client(), password, business
        self.mailbox = [] if mailbox is None else mailbox

    def sign_up(self, **more: str) -> Any:
        typed = {"email": ADDRESS, "password1": self.password, "organisation_name": self.business, **more}
        return self.client.post(reverse("account_signup"), typed)

    def sign_up_by_passkey(self) -> Any:
        return self.sign_up(passkey="yes", password1="")

    def sign_in(self) -> Any:
        return sign_in(self.client, ADDRESS, self.password)

    def links(self, part: str = "/email/confirm/") -> list[str]:
        """The links of that kind that came by mail, oldest first."""
        return [link_in(mail) for mail in self.mailbox if mail.to == [ADDRESS] and part in mail.body]

    def reset_password(self) -> None:
        self.client.post(reverse("account_reset_password"), {"email": ADDRESS})
        form = self.client.get(self.links("/password/reset/")[-1])
        self.client.post(form["Location"], {"password1": self.password})

    def confirm(self, link: str) -> Any:
        """Opens the link and does what its page asks for."""
        page = self.client.get(link).content.decode()
        typed = {"password1": self.password} if 'name="password1"' in page else {}
        if 'name="organisation_name"' in page:
            typed["organisation_name"] = self.business
        return self.client.post(link, typed)

    @property
    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def confirmation_link(address: EmailAddress) -> str:
    """As a mail would bring it."""
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])


def stranger() -> SomebodyAt:
    return SomebodyAt(THEIRS, THEIR_BUSINESS)


def vera(mailbox: list[Any]) -> SomebodyAt:
    return SomebodyAt(MINE, MY_BUSINESS, mailbox)


def is_all_veras(thief: SomebodyAt) -> None:
    """The account is confirmed and nothing that the stranger set opens it or stands in it."""
    person = User.objects.get(email=ADDRESS)
    assert EmailAddress.objects.get(user=person).verified
    assert person.check_password(MINE)
    assert not person.check_password(THEIRS)
    assert not Authenticator.objects.filter(user=person).exists()
    assert THEIR_BUSINESS not in person.memberships.values_list("organisation__name", flat=True)
    for path in ("/home/", "/settings/", reverse("account_signup_passkey")):
        thief.client.get(path)
        assert not thief.is_in
    for somebody in (SomebodyAt(THEIRS, ""), thief):
        somebody.sign_in()
        assert not somebody.is_in
    own = SomebodyAt(MINE, "")
    own.sign_in()
    assert own.is_in
