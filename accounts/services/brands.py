from dataclasses import dataclass

from django.db import transaction

from accounts.branding.brands import newest_version
from accounts.branding.logos import Logo
from accounts.models import Brand, Organisation, User


@dataclass(frozen=True, slots=True)
class BrandDetails:
    """What a consultancy chose; all empty is Evenkeel's own look."""

    colour: str = ""
    contact: str = ""
    closing: str = ""
    logo: Logo | None = None


@transaction.atomic
def change_brand(*, consultancy: Organisation, look: BrandDetails, made_by: User) -> Brand | None:
    """A new version, or None when it would be the same as the newest."""
    newest = newest_version(consultancy)
    if look == (brand_details(newest) if newest else BrandDetails()):
        return None
    brand = Brand(
        consultancy=consultancy,
        colour=look.colour,
        contact=look.contact,
        closing=look.closing,
        made_by=made_by,
    )
    if look.logo:
        brand.logo, brand.logo_width, brand.logo_height = look.logo.content, look.logo.width, look.logo.height
    brand.full_clean(validate_constraints=False)
    brand.save(force_insert=True)
    return brand


def brand_details(brand: Brand) -> BrandDetails:
    logo = Logo(bytes(brand.logo), brand.logo_width, brand.logo_height) if brand.logo_width else None
    return BrandDetails(brand.colour, brand.contact, brand.closing, logo)
