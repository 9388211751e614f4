from dataclasses import dataclass

from django.db import transaction

from accounts.branding.brands import newest_version
from accounts.branding.logos import Logo
from accounts.models import Brand, Organisation, User


@dataclass(frozen=True, slots=True)
class BrandDetails:
    """What a consultancy chose; with all fields empty, Evenkeel's own look."""

    colour: str = ""
    contact: str = ""
    closing: str = ""
    logo: Logo | None = None


@transaction.atomic
def change_brand(*, consultancy: Organisation, details: BrandDetails, made_by: User) -> Brand | None:
    """Add a version of the brand; None if it would be the same as the newest."""
    newest = newest_version(consultancy)
    if details == (brand_details(newest) if newest else BrandDetails()):
        return None
    brand = Brand(
        consultancy=consultancy,
        colour=details.colour,
        contact=details.contact,
        closing=details.closing,
        made_by=made_by,
    )
    if details.logo:
        brand.logo, brand.logo_width, brand.logo_height = details.logo.content, details.logo.width, details.logo.height
    brand.full_clean(validate_constraints=False)
    brand.save(force_insert=True)
    return brand


def brand_details(brand: Brand) -> BrandDetails:
    """A stored brand as `change_brand` takes it, with the logo's bytes."""
    logo = Logo(bytes(brand.logo), brand.logo_width, brand.logo_height) if brand.logo_width else None
    return BrandDetails(brand.colour, brand.contact, brand.closing, logo)
