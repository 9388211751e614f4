"""Names that people give themselves and their organisations: they stand on pages, in files and in mails of others."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.people_data.without_text import words_of_name

# They turn the direction of what stands after them, so that a line reads differently from what it says.
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters, digits, marks on them, symbols: something that can be seen.
_VISIBLE = frozenset("LNS")
# Between letters of scripts that need them, and in emoji; elsewhere nobody sees them.
_JOINED = re.compile(r"(?<=[^\x00-\x7f])[\u200c\u200d]")
# Fillers, joiners and blanks of no width that Unicode counts as letters, marks or symbols.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Programs that show mails make links of these by themselves.
_WEB_ADDRESS = re.compile(r"\bwww\.|\.[a-z]{2,}/", re.IGNORECASE)
# A domain, as they guess it: Booking.com is a name, but not "Pay at booking.com".
_DOMAIN = re.compile(r"\w\.(?=[^\W\d_]{2})")
LINKS_NOT = "\u2024"
"""Looks like a full stop, and nothing makes a link of it."""


def validate_name(name: str) -> None:
    """Raises ValidationError for a name that cannot be seen as it is, or holds an address.

    Invitations and other mails carry names: an address in one would be a link of a stranger in our mail. Characters
    that cannot be seen turn the direction of a line, command a terminal, or make two names look like one.
    """
    if not DIRECTION_MARKS.isdisjoint(name):
        raise ValidationError(
            _("This name contains a hidden character that changes the direction of text. Type it anew."), "direction"
        )
    if name.strip() and not any(_is_seen(character) for character in name):
        raise ValidationError(_("This name has no letter or digit that can be seen."), "invisible")
    if any(map(_is_hidden, _JOINED.sub("", name))):
        raise ValidationError(_("This name contains a character that cannot be seen. Type it anew."), "hidden")
    more = name.strip().partition(" ")[2]
    if "://" in name or "@" in name or _WEB_ADDRESS.search(name) or _DOMAIN.search(more):
        says = _("Leave out web and e-mail addresses: other people see this name. Put a space after a full stop.")
        raise ValidationError(says, "address")


def name_to_compare(name: str) -> str:
    """The same for names that look the same: whatever their case, blanks, emphasis, and what nobody sees."""
    seen = "".join(character for character in unicodedata.normalize("NFKC", name) if not _is_hidden(character))
    return "".join(words_of_name(seen)).casefold()


def name_in_mail(name: str) -> str:
    """So written that no program that shows mails makes a link of it. An address that stands for a name stays."""
    return name if "@" in name else _DOMAIN.sub(lambda found: f"{found[0][0]}{LINKS_NOT}", name)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in _VISIBLE and character not in _UNSEEN


def _is_hidden(character: str) -> bool:
    """Control and format characters; line breaks and tabs are blanks, and are tidied."""
    unseen = character in _UNSEEN or unicodedata.category(character) in ("Cc", "Cf")
    return unseen and character not in "\t\n\r"
