"""Secrets at rest: AES-256-GCM, the older form, and changing the key from end to end."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.second_step import encryption
from accounts.second_step.encryption import FERNET_PURPOSE, UnreadableSecret, decrypt, encrypt
from tests.accounts.conftest import CodeClock
from tests.accounts.test_mfa import begin, code_for, is_in, set_up_app

pytestmark = pytest.mark.django_db
NEW_KEY = "a wholly new key for this site, long enough to be safe 93!"


def with_fernet(secret: str, key: str) -> str:
    """As earlier versions wrote it."""
    return Fernet(base64.urlsafe_b64encode(encryption._derived(key, FERNET_PURPOSE))).encrypt(secret.encode()).decode()


@given(st.text())
def test_what_goes_in_comes_out(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_a_fresh_nonce_each_time_and_a_key_of_256_bits() -> None:
    written = [encrypt("the same") for _ in range(200)]
    form, _key, _body = written[0].split(":")
    assert form == "gcm1"
    nonces = {base64.urlsafe_b64decode(each.split(":")[2])[:12] for each in written}
    assert len(nonces) == 200
    assert len(encryption._derived("any", encryption.PURPOSE)) == 32


def test_whatever_is_changed_is_refused() -> None:
    written = encrypt(generate_totp_secret())
    head, key, body = written.split(":")
    raw = bytearray(base64.urlsafe_b64decode(body))
    changed = []
    for at in range(len(raw)):
        raw[at] ^= 1
        changed.append(f"{head}:{key}:{base64.urlsafe_b64encode(raw).decode()}")
        raw[at] ^= 1
    others = [
        "",
        "gcm1:",
        f"gcm1:{key}:",
        f"gcm1:{key}:AAAA",
        f"gcm1:00000000:{body}",
        f"gcm1:{key}:{body}:",
        "gcm1:a:é",
    ]
    for text in [*changed, *others, body, "gAAAA", "é"]:
        with pytest.raises(UnreadableSecret):
            decrypt(text)


def test_a_new_data_key_reads_what_the_old_one_wrote(settings: Any) -> None:
    secret = generate_totp_secret()
    both = (encrypt(secret), with_fernet(secret, settings.DATA_KEY))
    settings.DATA_KEY_FALLBACKS = [settings.DATA_KEY]
    settings.DATA_KEY = NEW_KEY
    assert [decrypt(each) for each in both] == [secret, secret]
    settings.DATA_KEY_FALLBACKS = []
    for each in both:
        with pytest.raises(UnreadableSecret):
            decrypt(each)


def test_a_new_signing_key_touches_no_second_step(settings: Any) -> None:
    written = encrypt(secret := generate_totp_secret())
    settings.SECRET_KEY = NEW_KEY
    assert decrypt(written) == secret


def test_secrets_are_not_readable_in_the_database(confirmed: Callable[[], Client]) -> None:
    secret = set_up_app(confirmed())
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("older", [False, True], ids=["as it is written now", "as it was written before"])
def test_the_data_key_is_changed_from_end_to_end(
    confirmed: Callable[[], Client],
    owner: User,
    settings: Any,
    code_clock: CodeClock,
    capsys: pytest.CaptureFixture[str],
    older: bool,
) -> None:
    secret = set_up_app(confirmed())
    app = Authenticator.objects.get(user=owner, type="totp")
    if older:
        app.data["secret"] = with_fernet(secret, settings.DATA_KEY)
        app.save()
    old, settings.DATA_KEY = settings.DATA_KEY, NEW_KEY
    settings.DATA_KEY_FALLBACKS = [old]
    call_command("rotate_data_key")
    assert "Encrypted anew: 1." in capsys.readouterr().out
    settings.DATA_KEY_FALLBACKS = []
    app.refresh_from_db()
    assert app.data["secret"].startswith("gcm1:")
    assert "last_period" in app.data, "what is not encrypted stays"
    code_clock.pass_by()
    client = begin(owner.email)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert is_in(client)


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
