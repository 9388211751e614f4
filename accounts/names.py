"""Names that people give themselves and their organisations: they stand on pages, in files and in mails of others."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# They turn the direction of what stands after them, so that a line reads differently from what it says.
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters, digits, marks on them, symbols: something that can be seen.
_VISIBLE = frozenset("LNS")
# Programs that show mails make links of these by themselves.
_WEB_ADDRESS = re.compile(r"\bwww\.|\.[a-z]{2,}/", re.IGNORECASE)


def validate_name(name: str) -> None:
    """Raises ValidationError for a name that cannot be seen, turns the direction of a line, or holds an address.

    Invitations and other mails carry names: an address in one would be a link of a stranger in our mail.
    """
    if not DIRECTION_MARKS.isdisjoint(name):
        raise ValidationError(
            _("This name contains a hidden character that changes the direction of text. Type it anew."), "direction"
        )
    if name.strip() and not any(unicodedata.category(character)[0] in _VISIBLE for character in name):
        raise ValidationError(_("This name has no letter or digit that can be seen."), "invisible")
    if "://" in name or "@" in name or _WEB_ADDRESS.search(name):
        raise ValidationError(_("Leave out web and e-mail addresses: other people see this name."), "address")
