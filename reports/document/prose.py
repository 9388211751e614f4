"""Text that people typed, made fit for paper: lines, direction, and no character that cannot be drawn."""

import unicodedata

from reports.document.types import Prose
from reports.glyphs import drawable

RIGHT_TO_LEFT = frozenset({"R", "AL"})
LEFT_TO_RIGHT_MARK = "\u200e"
LONGEST_WORD = 40


def prose(text: str) -> Prose:
    """Line breaks are kept; empty lines at either end are not."""
    lines = [drawable(line.rstrip()) for line in text.strip().splitlines()]
    return Prose(tuple(lines), direction_of(text), max(map(len, text.split()), default=0) > LONGEST_WORD)


def one_line(text: str) -> str:
    return drawable(" ".join(text.split()))


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def among_others(text: str) -> str:
    """Safe to put into a line of ours: what follows a right-to-left name stays left to right."""
    return text + LEFT_TO_RIGHT_MARK if direction_of(text) == "rtl" else text


def direction_of(text: str) -> str:
    for character in text:
        bidirectional = unicodedata.bidirectional(character)
        if bidirectional == "L":
            return "ltr"
        if bidirectional in RIGHT_TO_LEFT:
            return "rtl"
    return "ltr"
