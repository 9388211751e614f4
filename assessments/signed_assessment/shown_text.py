"""Texts of strangers, for a screen: nothing in them hides, turns lines around or moves a terminal's cursor."""

import unicodedata

# Alphabets whose letters look like each other's.
_ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE")
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def shown_text(text: str) -> str:
    """Characters that cannot be seen as their numbers: "a[U+202E]b"."""
    return "".join(f"[U+{ord(sign):04X}]" if unicodedata.category(sign) in _HIDDEN else sign for sign in text)


def mixed_alphabets(text: str) -> tuple[str, ...]:
    """The alphabets of a word that mixes letters which look alike, such as a Latin name with one Cyrillic letter."""
    for word in text.split():
        found = {unicodedata.name(sign, "").partition(" ")[0] for sign in word if sign.isalpha()}
        alike = tuple(name.title() for name in _ALIKE if name in found)
        if len(alike) > 1:
            return alike
    return ()
