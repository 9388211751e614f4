"""The authenticator app, from setup to sign-in: each code once, and only in its 30 seconds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.second_step.app_codes import code_of_period, current_period
from accounts.sign_in.links import create_sign_in_link
from tests.accounts.conftest import CodeClock
from tests.accounts.software_passkeys import SoftwarePasskey
from tests.accounts.test_sign_in_links import HOUR
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def code_for(secret: str, steps: int = 0) -> str:
    return code_of_period(secret, current_period() + steps)


def set_up_app(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    assert secret in page.content.decode(), "for who cannot scan the picture"
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert len(response.context["codes"]) == 10
    return secret


def codes_made(client: Client) -> list[str]:
    """New recovery codes; the client has confirmed who it is."""
    known = client.get(reverse("mfa_generate_recovery_codes")).context["left"].key
    made: list[str] = client.post(reverse("mfa_generate_recovery_codes"), {"instead_of": known}).context["codes"]
    return made


def begin(email: str) -> Client:
    client = Client()
    response = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert response["Location"] == reverse("mfa_authenticate")
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_changing_the_second_step_asks_for_the_password_again(signed_in: Client) -> None:
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert signed_in.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))


def test_password_then_code(confirmed: Callable[[], Client], owner: User, code_clock: CodeClock) -> None:
    secret = set_up_app(confirmed())
    code_clock.pass_by()
    client = begin(owner.email)
    assert not is_in(client)
    assert client.get(reverse("settings")).status_code == 302
    assert "not right" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert is_in(client)


def test_a_code_works_once_however_long_it_is_remembered(
    confirmed: Callable[[], Client], owner: User, code_clock: CodeClock
) -> None:
    secret = set_up_app(confirmed())
    code_clock.pass_by()
    code = code_for(secret)
    first, second = begin(owner.email), begin(owner.email)
    first.post(reverse("mfa_authenticate"), {"code": code})
    assert "already used" in second.post(reverse("mfa_authenticate"), {"code": code}).text
    cache.clear()
    assert "already used" in second.post(reverse("mfa_authenticate"), {"code": code}).text
    assert (is_in(first), is_in(second)) == (True, False)


@pytest.mark.parametrize(
    ("after", "answer"), [(-30, "is not right"), (0, None), (29, None), (30, "has just run out"), (60, "is not right")]
)
def test_a_code_is_taken_in_its_own_30_seconds(
    confirmed: Callable[[], Client], owner: User, code_clock: CodeClock, after: int, answer: str | None
) -> None:
    secret = set_up_app(confirmed())
    code_clock.pass_by(90)
    code = code_for(secret)
    client = begin(owner.email)
    code_clock.pass_by(after)
    page = client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(client) == (answer is None)
    assert answer is None or answer in page.text


def test_the_code_that_turned_the_app_on_does_not_sign_in(
    confirmed: Callable[[], Client], owner: User, code_clock: CodeClock
) -> None:
    secret = set_up_app(confirmed())
    client = begin(owner.email)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert not is_in(client)


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_with_one_code_at_once_one_succeeds(
    confirmed: Callable[[], Client], owner: User, code_clock: CodeClock
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    secret = set_up_app(confirmed())
    recovery = codes_made(confirmed())[0]
    for typed in (code_for(secret, 1), recovery):
        code_clock.pass_by()
        clients = [begin(owner.email) for _ in range(4)]

        def send(client: Client, code: str = typed) -> int:
            try:
                return client.post(reverse("mfa_authenticate"), {"code": code}).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(len(clients)) as at_once:
            list(at_once.map(send, clients))
        assert sum(is_in(client) for client in clients) == 1


def test_guessing_codes_is_slowed_down(confirmed: Callable[[], Client], owner: User, code_clock: CodeClock) -> None:
    secret = set_up_app(confirmed())
    code_clock.pass_by()
    client = begin(owner.email)
    for guess in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{guess}"})
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert not is_in(client)


def test_turning_it_off(confirmed: Callable[[], Client], owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    assert "Turn off" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=owner).exists()
    plain = Client()
    plain.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    assert is_in(plain)


def test_a_sign_in_link_does_not_pass_by_the_second_step(confirmed: Callable[[], Client], owner: User) -> None:
    set_up_app(confirmed())
    client = Client()
    token = create_sign_in_link(user=owner, lifetime=HOUR)
    assert client.post(reverse("sign_in_link", args=[token]))["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_with_mail_an_unconfirmed_address_cannot_lock_out_its_real_owner(
    confirmed: Callable[[], Client], owner: User, with_mail: list[Any]
) -> None:
    EmailAddress.objects.create(user=owner, email=owner.email, verified=False, primary=True)
    assert confirmed().get(reverse("mfa_activate_totp"))["Location"] == reverse("mfa_index")


def test_one_person_cannot_touch_anothers_passkey(confirmed: Callable[[], Client]) -> None:
    theirs = Authenticator.objects.create(
        user=UserFactory.create(), type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs", "credential": {}}
    )
    client = confirmed()
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        foreign = client.post(reverse(name, args=[theirs.pk]), {"name": "Mine"})
        missing = client.post(reverse(name, args=[theirs.pk + 1]), {"name": "Mine"})
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Theirs"


def test_a_person_has_so_many_passkeys(
    confirmed: Callable[[], Client], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.second_step.forms.MOST_PASSKEYS", 1)
    client, address = confirmed(), reverse("mfa_add_webauthn")
    said = "You have 1 passkeys. Remove one"
    assert said not in client.post(address, {"name": "First"}).content.decode()
    SoftwarePasskey(owner)
    assert said in client.post(address, {"name": "Second"}).content.decode()
