"""Contrast as WCAG 2 defines it, for colours written #rrggbb."""

ENOUGH_CONTRAST = 4.5
"""For text of any size: white on the colour, or the colour on white."""

HUNDREDTHS = 100


def contrast_with_white(colour: str) -> float:
    """The contrast ratio, from 1 for white to 21 for black."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def dark_enough(colour: str) -> str:
    """The colour itself, or the nearest darker tone on which white text is readable."""
    for share in range(HUNDREDTHS, 0, -1):
        tone = "#" + "".join(f"{part * share // HUNDREDTHS:02x}" for part in _parts(colour))
        if contrast_with_white(tone) >= ENOUGH_CONTRAST:
            return tone
    return "#000000"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
