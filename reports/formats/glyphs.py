"""Which characters can be drawn: those of the report's own fonts, and those of the fonts on this machine.

A character without a glyph would become an empty box, which tells readers nothing and is forbidden in
PDF/UA. It is replaced by its name or number in brackets: "[thumbs up sign]", "[U+4F60]".
"""

import unicodedata
from functools import cache, lru_cache
from typing import Any

from cffi import FFI
from django.utils.translation import ngettext

from reports.formats.fonts import FACES

ALL_FONTS = 0
"""FcSetSystem of fontconfig."""

CHARSET_OBJECT = b"charset"
MODIFIERS = frozenset({"Sk"})
"""Skin tones and accents that say nothing alone."""

MOST_SAID = 20
MOST_MARKS = 10

INVISIBLE = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Control characters, halves of characters, private and unassigned ones: no font draws them, XML refuses some."""


def drawable(text: str) -> str:
    """The text with every character that cannot be drawn replaced by words or left out.

    The first of them are said, the others counted at the end: a note in a script without a font would become thousands
    of numbers, and its report hundreds of pages. Nobody reads more than a few marks on one letter.
    """
    if text.isascii() and text.isprintable():
        return text
    parts: list[str] = []
    said = marks = 0
    for character in unicodedata.normalize("NFC", text):
        drawn = _drawn(character)
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        said += drawn != character and drawn.startswith("[")
        if marks <= MOST_MARKS and (said <= MOST_SAID or drawn == character):
            parts.append(drawn)
    return "".join(parts) + _left_out(said - MOST_SAID)


def _left_out(count: int) -> str:
    if count <= 0:
        return ""
    text = ngettext(
        "[%(count)d character left out that this file cannot show]",
        "[%(count)d characters left out that this file cannot show]",
        count,
    )
    return text % {"count": count}


@lru_cache(maxsize=8_192)
def _drawn(character: str) -> str:
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in INVISIBLE:
        return ""
    if ord(character) in _own_characters() or category in {"Cf", "Zs", "Mn"} or _some_font_has(character):
        return character
    if category in MODIFIERS:
        return ""
    return f"[{_spoken(character)}]"


def _spoken(character: str) -> str:
    """The name of a symbol; the number of a letter, whose name would not help."""
    if unicodedata.category(character).startswith("S"):
        return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
    return f"U+{ord(character):04X}"


@cache
def _own_characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(FACES[0].path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _fontconfig() -> tuple[FFI, Any, list[Any]]:
    """The library and the character sets of all fonts that are installed. A font without one draws nothing."""
    ffi = FFI()
    ffi.cdef(
        """
        typedef struct { int nfont; int sfont; void **fonts; } FcFontSet;
        void *FcInitLoadConfigAndFonts(void);
        FcFontSet *FcConfigGetFonts(void *config, int set);
        int FcPatternGetCharSet(void *pattern, const char *object, int place, void **charset);
        int FcCharSetHasChar(void *charset, uint32_t character);
        """
    )
    library = ffi.dlopen("libfontconfig.so.1")
    fonts = library.FcConfigGetFonts(library.FcInitLoadConfigAndFonts(), ALL_FONTS)
    charsets = []
    for place in range(fonts.nfont if fonts != ffi.NULL else 0):
        found = ffi.new("void **")
        if library.FcPatternGetCharSet(fonts.fonts[place], CHARSET_OBJECT, 0, found) == 0:
            charsets.append(found[0])
    return ffi, library, charsets


def _some_font_has(character: str) -> bool:
    _, library, charsets = _fontconfig()
    return any(library.FcCharSetHasChar(charset, ord(character)) for charset in charsets)
