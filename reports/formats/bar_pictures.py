"""Figures as small bars in PNG, for formats that cannot draw: full up to what counts, striped up to what could be."""

from functools import lru_cache
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from assessments.formatting.charts import TOP, ChartRow
from assessments.scoring.types import Figure

WIDTH, HEIGHT = 400, 32
STRIPES = 10
TRACK, LINES = "#e8e4d8", "#767d7a"


def bar_picture(row: ChartRow, colour: str) -> bytes:
    """`colour` as "#0b4f5c". The scale runs from 0 to 4, with a line at each level."""
    return _drawn(_share(row.low), _share(row.high), colour)


def bar_in_words(row: ChartRow) -> str:
    """What somebody hears who cannot see the bar."""
    if row.low is None:
        return _("%(title)s: not assessed") % {"title": row.title}
    if row.low == row.high:
        return _("%(title)s: %(low)s of 4") % {"title": row.title, "low": row.low}
    return _("%(title)s: %(low)s of 4, could be up to %(high)s") % {
        "title": row.title,
        "low": row.low,
        "high": row.high,
    }


def _share(figure: Figure | None) -> int:
    """In pixels."""
    return round(WIDTH * (figure.label + figure.tenths / 10) / TOP) if figure else 0


@lru_cache(maxsize=512)
def _drawn(low: int, high: int, colour: str) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), TRACK)
    drawing = ImageDraw.Draw(picture)
    for x in range(low, high, STRIPES):
        drawing.line((x, HEIGHT, min(x + STRIPES, high), 0), fill=colour, width=2)
    if high > low:
        drawing.rectangle((low, 0, high - 1, HEIGHT - 1), outline=colour, width=2)
    if low:
        drawing.rectangle((0, 0, low - 1, HEIGHT - 1), fill=colour)
    for level in range(TOP + 1):
        x = min(WIDTH - 1, level * WIDTH // TOP)
        drawing.line((x, 0, x, HEIGHT), fill=LINES, width=1)
    file = BytesIO()
    picture.quantize(16).save(file, "PNG")
    return file.getvalue()
