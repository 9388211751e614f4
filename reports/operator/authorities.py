"""To whom people may complain about the operator: the authorities of the laws that the operator follows."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.bank.laws import BY_COUNTRY, Authority
from assessments.bank.types import Edition
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from reports.operator.details import Operator


@dataclass(frozen=True, slots=True)
class WatchingAuthority:
    """`name` fits into the middle of a sentence."""

    name: str
    website: str = ""


def watching_authorities(operator: Operator) -> tuple[WatchingAuthority, ...]:
    """What the operator names, and for the other laws what the newest question bank knows; empty if neither does."""
    row = newest_offered_or_none()
    privacy = operator.privacy
    named = [WatchingAuthority(privacy.authority, privacy.authority_website)] if privacy.authority else []
    known = list(_from_bank(operator, edition_of(row))) if row else []
    return tuple(dict.fromkeys([*named, *known]))


def _from_bank(operator: Operator, edition: Edition) -> Iterator[WatchingAuthority]:
    for law in edition.laws:
        if law.code not in operator.privacy.laws:
            continue
        found = edition.authorities.get(law.authority)
        if law.authority == BY_COUNTRY:
            found = None if operator.privacy.authority else _at_home(operator, edition, law.code)
        if found:
            yield WatchingAuthority(found.name, found.url)


def _at_home(operator: Operator, edition: Edition, law: str) -> Authority | None:
    found = edition.authorities.get(operator.operator.country.lower())
    return found if found and found.law == law else None
