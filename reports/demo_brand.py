"""The look of the demo's consultancy. Its logo is drawn here: the demo brings no picture along."""

from io import BytesIO

from PIL import Image, ImageDraw

from accounts.branding.logos import read_logo
from accounts.services.brands import BrandDetails

COLOUR = "#7a2e4f"
SCALE = 4
"""Drawn so many times larger and scaled down: smooth edges."""

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
    pen = ImageDraw.Draw(picture)
    pen.ellipse(_scaled(96, 12, 160, 76), fill="#e0a23c")
    pen.ellipse(_scaled(-40, 56, 140, 236), fill=COLOUR)
    pen.ellipse(_scaled(90, 44, 290, 244), fill="#a8577a")
    file = BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
    return file


def _scaled(*place: int) -> list[int]:
    return [SCALE * each for each in place]
