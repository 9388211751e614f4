"""Well-known phrases are refused in every spelling that attackers try; the measured share of obvious passwords."""

import gzip
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.passwords.well_known import LONGEST_DECORATION, PHRASES, is_well_known
from tests.accounts.passwords.obvious import OBVIOUS

LEAST_LENGTH = 12
FINE = [
    "four blue kettles sing",
    "seven quiet lanterns hum",
    "nine honest loaves rise",
    "harbour oak lantern",
    "rye-saddle-comet-7",
    "Mehl Laterne Dachs Wolke",
    "grenier tulipe boussole",
    "linterna harina barco",
    "v7#Rw9!mKz2p",
    "the baker's third oven is green",
]


def is_refused(password: str) -> bool:
    try:
        validate_password(password)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "welcometothejungle",
        "WelcomeToTheJungle",
        "Welcome To The Jungle!",
        "w3lc0m3-t0-th3-jungl3",
        "2024welcometothejungle",
        "welcometothejungle20241231",
        "elgnujehtotemoclew",
        "welcometothejunglewelcometothejungle",
        "ICH LIEBE DICH",
        "¡Contraseña1!",
        "1l0v3my$elf2025",
        "je t'aime fort",
    ],
)
def test_a_phrase_is_known_however_it_is_spelt(password: str) -> None:
    assert is_well_known(password)


@pytest.mark.parametrize("password", ["", "1234567890", "!!!!", "kettle", "welcometothejunglegym", *FINE])
def test_anything_else_is_not(password: str) -> None:
    assert not is_well_known(password)


def test_more_than_a_date_makes_it_another_password() -> None:
    assert is_well_known("ichliebedich" + "7" * LONGEST_DECORATION)
    assert not is_well_known("ichliebedich" + "7" * (LONGEST_DECORATION + 1))


def test_a_very_long_password_is_looked_at_in_time() -> None:
    assert not is_well_known("1" * 100_000 + "kettle harbour " * 10_000 + "1" * 100_000)


def test_every_phrase_is_written_as_it_is_compared() -> None:
    assert all(phrase.isascii() and phrase.isalpha() and phrase.islower() for phrase in PHRASES)


@pytest.mark.parametrize("password", FINE)
def test_unrelated_words_and_random_characters_pass(password: str) -> None:
    assert not is_refused(password)


def test_obvious_passwords_are_refused() -> None:
    """The figure of docs/security-decisions.md: how many of this sample nobody can choose."""
    long_enough = [password for password in OBVIOUS if len(password) >= LEAST_LENGTH]
    passed = [password for password in long_enough if not is_refused(password)]
    assert len(long_enough) >= 250
    assert len(passed) <= len(long_enough) / 100, passed


def test_the_long_ones_of_djangos_list_are_refused() -> None:
    with gzip.open(Path(password_validation.__file__).with_name("common-passwords.txt.gz"), "rt") as common:
        long_ones = [password for password in common.read().split() if len(password) >= LEAST_LENGTH]
    assert len(long_ones) > 150
    assert all(map(is_refused, long_ones))


def test_phrases_alone_make_more_than_three_thousand() -> None:
    """As they stand and with the decorations that are tried first: a year, three digits, an exclamation mark."""
    decorations = ("", "!", "1", "123", "2023", "2024", "2025", "2026")
    written = {phrase + more for phrase in PHRASES for more in decorations if len(phrase + more) >= LEAST_LENGTH}
    assert len(written) > 3_000
    assert all(map(is_well_known, written))
