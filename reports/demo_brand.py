"""The look of the demo's consultancy. Its logo is drawn here, so the demo needs no image file."""

from io import BytesIO

from PIL import Image, ImageDraw

from accounts.branding.logos import read_logo
from accounts.services.brands import BrandDetails

COLOUR = "#7a2e4f"
SCALE = 4
"""Drawn this many times larger and scaled down, for smooth edges."""

WIDTH, HEIGHT = 240, 120


def demo_brand() -> BrandDetails:
    file = _hills_under_a_sun()
    return BrandDetails(
        colour=COLOUR,
        contact="Noor Haddad\nnoor@advice.example\nMonday to Thursday, 9 to 17",
        closing="We go through this report with you, and help with the first three actions. Write to us for a date.",
        logo=read_logo(file, file.getbuffer().nbytes),
    )


def _hills_under_a_sun() -> BytesIO:
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse(_scaled(96, 12, 160, 76), fill="#e0a23c")
    drawing.ellipse(_scaled(-40, 56, 140, 236), fill=COLOUR)
    drawing.ellipse(_scaled(90, 44, 290, 244), fill="#a8577a")
    file = BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
    return file


def _scaled(*place: int) -> list[int]:
    return [SCALE * each for each in place]
