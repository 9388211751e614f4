"""The authenticator app and recovery codes, from setup to sign-in, and their secrets at rest."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import encryption
from accounts.sign_in.links import create_sign_in_link
from tests.accounts.test_sign_in_links import HOUR
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW_KEY = "a wholly new key for this site, long enough to be safe 93!"


def code_for(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up_app(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    assert secret in page.content.decode(), "for who cannot scan the picture"
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return secret


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


def test_password_then_code(confirmed: Callable[[], Client], owner: User) -> None:
    secret = set_up_app(confirmed())
    client = begin(owner.email)
    assert not is_in(client)
    assert client.get(reverse("settings")).status_code == 302
    assert "not right" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret, 1)})
    assert is_in(client)


def test_a_code_works_once(confirmed: Callable[[], Client], owner: User) -> None:
    secret = set_up_app(confirmed())
    code = code_for(secret, 1)
    first, second = begin(owner.email), begin(owner.email)
    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_guessing_codes_is_slowed_down(confirmed: Callable[[], Client], owner: User) -> None:
    secret = set_up_app(confirmed())
    client = begin(owner.email)
    for guess in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{guess}"})
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret, 1)})
    assert not is_in(client)


def test_ten_recovery_codes_each_work_once(confirmed: Callable[[], Client], owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    page = client.get(reverse("mfa_view_recovery_codes"))
    codes = page.context["unused_codes"]
    assert len(set(codes)) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file["Content-Type"].startswith("text/plain")
    assert all(code in file.content.decode() for code in codes)
    lost_phone = begin(owner.email)
    lost_phone.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(lost_phone)
    again = begin(owner.email)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not is_in(again)
    assert "9 of 10 codes are left" in client.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_new_recovery_codes_end_the_old_ones(confirmed: Callable[[], Client], owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert "stop working" in client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    client.post(reverse("mfa_generate_recovery_codes"))
    attempt = begin(owner.email)
    attempt.post(reverse("mfa_authenticate"), {"code": old[0]})
    assert not is_in(attempt)


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


def test_secrets_are_not_readable_in_the_database(confirmed: Callable[[], Client], owner: User) -> None:
    client = confirmed()
    secret = set_up_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_a_new_data_key_reads_what_the_old_one_wrote(settings: Any) -> None:
    written = encryption.encrypt(secret := generate_totp_secret())
    assert written != encryption.encrypt(secret), "the same secret never looks the same"
    settings.DATA_KEY_FALLBACKS = [settings.DATA_KEY]
    settings.DATA_KEY = NEW_KEY
    assert encryption.decrypt(written) == secret
    settings.DATA_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        encryption.decrypt(written)


def test_a_new_signing_key_touches_no_second_step(settings: Any) -> None:
    written = encryption.encrypt(secret := generate_totp_secret())
    settings.SECRET_KEY = NEW_KEY
    assert encryption.decrypt(written) == secret


def test_the_data_key_is_changed_from_end_to_end(
    confirmed: Callable[[], Client], owner: User, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = set_up_app(confirmed())
    code = confirmed().get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    old, settings.DATA_KEY = settings.DATA_KEY, NEW_KEY
    settings.DATA_KEY_FALLBACKS = [old]
    call_command("rotate_data_key")
    assert "Encrypted anew: 2." in capsys.readouterr().out
    settings.DATA_KEY_FALLBACKS = []

    client = begin(owner.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code_for(secret, 1)}).status_code == 302
    assert "_auth_user_id" in client.session
    other = begin(owner.email)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in other.session, "recovery codes too"


def test_without_the_old_key_nothing_is_changed_and_the_page_says_so(
    confirmed: Callable[[], Client], owner: User, settings: Any
) -> None:
    secret = set_up_app(confirmed())
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.DATA_KEY = NEW_KEY
    with pytest.raises(CommandError, match="Put the old key into DATA_KEY_FALLBACKS"):
        call_command("rotate_data_key")
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before
    answer = begin(owner.email).post(reverse("mfa_authenticate"), {"code": code_for(secret, 1)})
    assert answer.status_code == 409
    assert "Please tell whoever runs this site" in answer.text


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
