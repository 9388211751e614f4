"""What the landing page says about the bank: how much it asks and how recent its law is."""

from dataclasses import dataclass
from datetime import date

from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of
from assessments.models import EditionRow


@dataclass(frozen=True, slots=True)
class LandingPage:
    practices: int
    questions: int
    law_status_as_of: date


def landing_page() -> LandingPage | None:
    """None while no edition is published."""
    try:
        edition = edition_of(newest_offered())
    except EditionRow.DoesNotExist:
        return None
    return LandingPage(len(edition.checklist), len(edition.questions), edition.law_status_as_of)
