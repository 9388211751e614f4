"""Whether a password is easy to guess: common ones, repetitions, sequences, and words about the person or the site."""

import re
from collections.abc import Iterable
from math import prod
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords.well_known import in_plain_letters, is_well_known

# Of 0 to 4: at 4, more than ten thousand million guesses are needed; at 3, more than a hundred million.
LEAST_SCORE = 4
# For what is left without words about the person and the site: those words make it longer, at least a little.
LEAST_SCORE_OF_REST = 3
# What comes after these characters is not looked at: it makes a password longer, never easier to guess.
LOOKED_AT = 40
# zxcvbn tries every way to read signs and digits as letters: a password of nothing else once took it a quarter of a
# minute. Where there are more ways than these, each sign is read in one way; digits stay, as they may be a date.
MOST_WAYS = 48
_LETTER_OF_SIGN = str.maketrans("@({[<!|$+%", "acccciistx")
SHORTEST_WORD = 3
SITE_WORDS = ("evenkeel", "privacy", "security", "password")


class GuessablePasswordValidator:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        refuse_guessable(password, (getattr(user, "email", ""), getattr(user, "name", "")))

    def get_help_text(self) -> str:
        return _("Three or four unrelated words work well.")


def refuse_guessable(password: str, about: Iterable[str]) -> None:
    """Raises ValidationError for a password that is easy to guess for somebody who knows these texts about its owner.

    Words of the texts count for nothing: what is left of the password without them must be hard to guess by itself.
    """
    known = {word for text in (*about, urlsplit(settings.SITE_URL).netloc, *SITE_WORDS) for word in _words(text)}
    left = in_plain_letters(password)
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, " ")
    guessable = is_well_known(password) or _score(password) < LEAST_SCORE
    if left != in_plain_letters(password):
        guessable = guessable or _score(left.strip()) < LEAST_SCORE_OF_REST
    if guessable:
        raise ValidationError(
            _("This password is easy to guess. Three or four unrelated words work well."), "password_guessable"
        )


def _score(text: str) -> int:
    """Imported on first use: its lists of words take 14 MB, and most processes never see a new password."""
    from zxcvbn import zxcvbn

    return int(zxcvbn(_quick_to_score(text))["score"]) if text else 0


def _quick_to_score(text: str) -> str:
    text = text[:LOOKED_AT]
    return text.translate(_LETTER_OF_SIGN) if _ways_to_read(text) > MOST_WAYS else text


def _ways_to_read(text: str) -> int:
    from zxcvbn.matching import L33T_TABLE

    return prod(sum(sign in text for sign in signs) or 1 for signs in L33T_TABLE.values())


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", in_plain_letters(text)) if len(word) >= SHORTEST_WORD}
