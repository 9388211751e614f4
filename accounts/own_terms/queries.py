"""What an organisation's owners chose, and what a choice would delete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Organisation, OrganisationTerms
from accounts.own_terms.choices import CODES
from accounts.people_data.own_terms import NOTICE_OF_A_CHANGE, column_of, count_older, shorter

Chosen = Mapping[str, int | None]
"""Days by the code of a term; None for the installation's."""


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What the first run after a change deletes of one kind: `count` rows from before `before`, if there is a term."""

    code: str
    count: int
    before: datetime | None


def terms_of(organisation: Organisation) -> OrganisationTerms | None:
    """None while nobody has chosen anything."""
    return OrganisationTerms.objects.filter(organisation=organisation).first()


def chosen_in(terms: OrganisationTerms | None) -> dict[str, int | None]:
    """As stored, whether or not it has taken effect."""
    return {code: getattr(terms, column_of(code)) if terms else None for code in CODES}


def first_run(organisation: Organisation, chosen: Chosen, now: datetime) -> list[FirstRun]:
    """One count for each kind, as of the day on which the choice would take effect."""
    then = now + NOTICE_OF_A_CHANGE
    found = []
    for code in CODES:
        kept = shorter(code, chosen[code])
        before = None if kept is None else then - kept
        found.append(FirstRun(code, count_older(code, organisation, before) if before else 0, before))
    return found
