"""The paper that a business prints on."""

from enum import StrEnum

from assessments.presentation.placeholders import country_in
from assessments.scoring.scope import ScopeFacts

UNITED_STATES = "us_"
"""How the ids of its states begin among the options of the country."""


class Paper(StrEnum):
    """The values are names in CSS."""

    A4 = "A4"
    LETTER = "letter"


def paper_of(facts: ScopeFacts) -> Paper:
    """Letter in the United States. A4 everywhere else, and while nobody is sure."""
    return Paper.LETTER if country_in(facts).startswith(UNITED_STATES) else Paper.A4
