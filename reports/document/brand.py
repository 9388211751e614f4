"""A consultancy's look, fit for paper."""

from base64 import b64encode

from django.utils.translation import gettext as _

from accounts.models import Brand
from reports.document.prose import one_line, prose
from reports.document.types import BrandPart

WIDEST, HIGHEST = 70.0, 24.0
"""Room for the logo on the cover, in millimetres."""


def brand_part(brand: Brand) -> BrandPart:
    """The look with its logo as a `data:` URL, in the size that the cover has room for."""
    width, height = _fitted(brand.logo_width, brand.logo_height)
    return BrandPart(
        name=one_line(brand.consultancy.name),
        logo=f"data:image/png;base64,{b64encode(bytes(brand.logo)).decode()}" if brand.logo_width else "",
        logo_width=f"{width:.1f}",
        logo_height=f"{height:.1f}",
        colour=brand.colour,
        contact=prose(brand.contact),
        made_with=_(
            "Made with Evenkeel, a self-assessment of privacy, security and responsible AI. Questions, figures and "
            "texts of law are Evenkeel’s."
        ),
        closing=prose(brand.closing),
    )


def _fitted(width: int, height: int) -> tuple[float, float]:
    if not width or not height:
        return 0.0, 0.0
    scale = min(WIDEST / width, HIGHEST / height)
    return width * scale, height * scale
