"""Passwords that somebody would try first are refused wherever one is chosen; long unrelated words pass."""

import unicodedata
from types import SimpleNamespace
from typing import Literal

import pytest
from django.conf import LazySettings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passwords import well_known
from accounts.passwords.guessable import refuse_guessable

PERSON = User(email="amelie.durand@example.org", name="Amélie Durand")
GUESSABLE = [
    "123456789012",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "passwordpassword",
    "Password123!",
    "P@ssw0rd1234",
    "qwertyuiop12",
    "evenkeel2026",
    "check.example.org",
    "Evenkeel-Evenkeel",
    "ameliedurand",
    "Durand.Amelie1",
    "amelie.durand@example.org",
    "drowssapdrowssap",
]
FINE = [
    "four blue kettles sing",
    "xK9#mQ2$vL7p",
    "Zwölf Boxkämpfer jagen",
    "パン屋の猫は雨の夜に歌う",
    "a" * 20 + "kettle sing blue harbour",
]


@pytest.fixture(autouse=True)
def on_a_site(settings: LazySettings) -> None:
    settings.SITE_URL = "https://check.example.org"


@pytest.mark.parametrize("password", GUESSABLE)
def test_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


@pytest.mark.parametrize("password", FINE)
def test_passes(password: str) -> None:
    validate_password(password, PERSON)


def test_a_very_long_password_is_looked_at_in_time_and_not_refused_for_its_length() -> None:
    validate_password("blue kettle harbour " * 200, PERSON)


def test_the_name_of_the_organisation_is_tried_too() -> None:
    refuse_guessable("kettle-harbour-oak7", [])
    with pytest.raises(ValidationError):
        refuse_guessable("kettle-harbour-oak7", ["Kettle Harbour"])


def test_a_password_that_grows_when_it_is_made_plain_is_looked_at_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """One character of three bytes becomes eighteen: a megabyte of them took a server's whole memory."""
    normalised: list[int] = []

    def normalize(form: Literal["NFKD"], text: str) -> str:
        normalised.append(len(text))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(
        well_known, "unicodedata", SimpleNamespace(normalize=normalize, combining=unicodedata.combining)
    )
    with pytest.raises(ValidationError):
        refuse_guessable("\ufdfa" * 300_000, ["\ufdfa" * 300_000])
    assert normalised
    assert max(normalised) <= 200 * 3
