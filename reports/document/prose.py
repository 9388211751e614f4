"""Text that people typed, made fit for a report: lines, direction, and no character that no file can hold.

Letters and emoji stay what they are. A format that draws its letters itself says those that it cannot draw.
"""

import re
import unicodedata

from reports.document.types import Prose

RIGHT_TO_LEFT = frozenset({"R", "AL"})
LEFT_TO_RIGHT_MARK = "\u200e"
LONGEST_WORD = 40
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters: they say nothing, and XML refuses most of them."""


def prose(text: str) -> Prose:
    """Line breaks are kept; empty lines at either end are not."""
    lines = [writable(line.rstrip()) for line in text.strip().splitlines()]
    return Prose(tuple(lines), direction_of(text), max(map(len, text.split()), default=0) > LONGEST_WORD)


def one_line(text: str) -> str:
    """What somebody typed, without line breaks and doubled blanks."""
    return writable(" ".join(text.split()))


def writable(text: str) -> str:
    """Without control characters, accents put together with their letters."""
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", text.replace("\t", " ")))


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, the last of them an ellipsis where something is left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def among_others(text: str) -> str:
    """Safe to put into a line of ours: what follows a right-to-left name stays left to right."""
    return text + LEFT_TO_RIGHT_MARK if direction_of(text) == "rtl" else text


def direction_of(text: str) -> str:
    """ "ltr" or "rtl", by the first letter that has a direction."""
    for character in text:
        bidirectional = unicodedata.bidirectional(character)
        if bidirectional == "L":
            return "ltr"
        if bidirectional in RIGHT_TO_LEFT:
            return "rtl"
    return "ltr"
