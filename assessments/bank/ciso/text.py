"""Texts of a framework library cut to what an edition holds."""

import re
import unicodedata
from datetime import date

from assessments.bank.ciso.library import LibraryQuestion
from assessments.bank.document.question_entry import LEVELS

ID_LENGTH = BANK_LENGTH = 40


def five_choices(question: LibraryQuestion) -> tuple[str, ...]:
    """The choices as levels, lowest score first, if there are five different ones and only one can be chosen."""
    choices = question.choices
    if question.kind != "unique_choice" or len({choice for choice in choices if choice}) != LEVELS:
        return ()
    if len(choices) != LEVELS:
        return ()
    order = sorted(range(LEVELS), key=lambda place: question.scores[place]) if question.scores else range(LEVELS)
    return tuple(choices[place] for place in order)


def cut_text(text: str, length: int) -> str:
    """At most `length` characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"


def letters_of(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z]", "", plain.upper())


def in_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    ending = ""
    while number:
        number, digit = divmod(number - 1, 26)
        ending = chr(ord("A") + digit) + ending
    return ending


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.casefold()).strip("-.")[:ID_LENGTH]


def bank_slug(text: str, taken: str) -> str:
    """For the bank of a library, which is never the bank `taken`."""
    found = re.sub(r"[^a-z0-9]+", "-", text.casefold())[:BANK_LENGTH].strip("-") or "library"
    return f"{found}-library" if found == taken else found


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
