from dataclasses import dataclass

from django.db import transaction

from accounts.brands import newest_version
from accounts.logos import Logo
from accounts.models import Brand, Organisation, User


@dataclass(frozen=True, slots=True)
class Look:
    """What a consultancy chose; all empty is Evenkeel's own look."""

    colour: str = ""
    contact: str = ""
    closing: str = ""
    logo: Logo | None = None


@transaction.atomic
def change_look(*, consultancy: Organisation, look: Look, made_by: User) -> Brand | None:
    """A new version, or None when it would be the same as the newest."""
    newest = newest_version(consultancy)
    if look == (look_of(newest) if newest else Look()):
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


def look_of(brand: Brand) -> Look:
    logo = Logo(bytes(brand.logo), brand.logo_width, brand.logo_height) if brand.logo_width else None
    return Look(brand.colour, brand.contact, brand.closing, logo)
