from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.branding.brands import newest_version
from accounts.branding.logos import Logo
from accounts.errors import ChangeRefused
from accounts.models import Brand, Organisation, User
from accounts.services.locks import lock_organisation

MOST_IN_A_DAY = 10
MOST_EVER = 300
"""Of one consultancy: each keeps its logo, as reports were made with it, and makes every report anew."""


class TooManyBrands(ChangeRefused):
    """The consultancy has changed its look as often as is kept."""

    def __init__(self) -> None:
        super().__init__(
            _("Your look was changed many times. The one you saved last stays; you can change it again tomorrow.")
        )


@dataclass(frozen=True, slots=True)
class BrandDetails:
    """What a consultancy chose; with all fields empty, Evenkeel's own look."""

    colour: str = ""
    contact: str = ""
    closing: str = ""
    logo: Logo | None = None


@transaction.atomic
def change_brand(*, consultancy: Organisation, details: BrandDetails, made_by: User) -> Brand | None:
    """Add a version of the brand; None if it would be the same as the newest. Raises TooManyBrands."""
    lock_organisation(consultancy.pk, made_by)
    newest = newest_version(consultancy)
    if details == (brand_details(newest) if newest else BrandDetails()):
        return None
    _refuse_too_many(consultancy)
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


def _refuse_too_many(consultancy: Organisation) -> None:
    """Going back to the plain look is a version, too."""
    own = Brand.objects.filter(consultancy=consultancy)
    today = own.filter(made_at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= MOST_IN_A_DAY or own.count() >= MOST_EVER:
        raise TooManyBrands
