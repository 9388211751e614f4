"""zxcvbn reads signs as letters in every way there is: what it is given must not have many ways."""

import string

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.matching import L33T_TABLE

from accounts.passwords.guessable import (
    _LETTER_OF_SIGN,
    LOOKED_AT,
    MOST_WAYS,
    _quick_to_score,
    _ways_to_read,
    refuse_guessable,
)

SIGNS = "".join(sorted({sign for signs in L33T_TABLE.values() for sign in signs}))


def test_each_sign_is_read_as_a_letter_that_zxcvbn_would_try() -> None:
    assert all(chr(sign) in L33T_TABLE[chr(letter)] for sign, letter in _LETTER_OF_SIGN.items())
    assert set(SIGNS) == set(map(chr, _LETTER_OF_SIGN)) | set(string.digits)


@given(st.text(st.sampled_from(SIGNS + string.ascii_letters), max_size=200))
def test_few_ways_are_left(password: str) -> None:
    scored = _quick_to_score(password)
    assert len(scored) <= LOOKED_AT
    assert _ways_to_read(scored) <= MOST_WAYS


def test_a_password_of_nothing_but_signs_is_judged_at_once() -> None:
    """It took a quarter of a minute, and every other sign-in waited."""
    refuse_guessable((SIGNS * 4)[:72], ())


@pytest.mark.parametrize(
    "password", ["P4ssw0rd!P4ssw0rd!", "4@8({[<3password", "c0rrecthorse1!", "1234567890!@#$%^&*("]
)
def test_signs_make_no_word_hard_to_guess(password: str) -> None:
    with pytest.raises(ValidationError):
        refuse_guessable(password, ())
