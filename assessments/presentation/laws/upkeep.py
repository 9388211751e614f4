"""What bank editors look up again: what was looked up long ago or never, and days on which something changes."""

from dataclasses import dataclass
from datetime import date, timedelta

from assessments.bank.laws import Authority, Citation, KeyDate, Law, Verification
from assessments.bank.types import Edition

STALE_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PlacedDate:
    """A date and its place in the edition's list, from 1 on, by which the editor names it."""

    place: int
    date: KeyDate


@dataclass(frozen=True, slots=True)
class LawDates:
    """Of one edition on one day. `stale` laws were looked up more than 90 days ago, or nobody knows when.

    Fines, citations and authorities are those known from memory only. `coming` begins with the next day, `past` with
    the latest.
    """

    stale: tuple[Law, ...]
    fines_from_memory: tuple[Law, ...]
    citations_from_memory: tuple[Citation, ...]
    authorities_from_memory: tuple[Authority, ...]
    coming: tuple[PlacedDate, ...]
    past: tuple[PlacedDate, ...]


def law_dates(edition: Edition, today: date) -> LawDates:
    """What of an edition's laws is to be looked up again."""
    days = sorted((PlacedDate(*own) for own in enumerate(edition.dates, 1)), key=lambda own: own.date.day)
    return LawDates(
        stale=tuple(law for law in edition.laws if law.looked_up is None or law.looked_up < today - STALE_AFTER),
        fines_from_memory=tuple(law for law in edition.laws if law.verification is Verification.MEMORY),
        citations_from_memory=tuple(
            own for own in edition.citations.values() if own.verification is Verification.MEMORY
        ),
        authorities_from_memory=tuple(
            own for own in edition.authorities.values() if own.verification is Verification.MEMORY
        ),
        coming=tuple(own for own in days if own.date.day >= today),
        past=tuple(reversed([own for own in days if own.date.day < today])),
    )
