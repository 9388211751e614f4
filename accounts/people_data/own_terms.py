"""How long an organisation keeps things: as its owners choose, and never longer than the installation does.

The decision behind it: docs/decisions/0015.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, Organisation, OrganisationTerms
from accounts.people_data.terms import RETENTION, RetentionTerm, kept_for, term_of

NOTICE_OF_A_CHANGE = timedelta(days=7)
"""So long after a choice nothing is deleted by an organisation's own terms: every owner can still choose otherwise."""
OWN_TERMS: tuple[RetentionTerm, ...] = tuple(term for term in RETENTION if term.shortest is not None)
"""Those that an organisation may shorten for itself."""

CountOlder = Callable[[Organisation, datetime], int]
_counts: dict[str, CountOlder] = {}


def counts_older(code: str, count: CountOlder) -> None:
    """For rooms whose rows have a term of OWN_TERMS: how many rows of an organisation are from before a moment."""
    _counts[code] = count


def count_older(code: str, organisation: Organisation, before: datetime) -> int:
    """How many rows of this kind the organisation has from before then."""
    return _counts[code](organisation, before)


def column_of(code: str) -> str:
    """Where OrganisationTerms has the days of this term."""
    return f"{code}_days"


def shorter(code: str, own: int | None) -> timedelta | None:
    """The shorter of the installation's term and `own`, in days; None for as long as the organisation."""
    kept = term_of(code).kept
    if own is None:
        return kept
    return timedelta(days=own) if kept is None else min(kept, timedelta(days=own))


def downloads_kept(organisation: UUID | None, now: datetime) -> timedelta:
    """How long files for download are kept for this organisation; without one, for a person."""
    own = None
    if organisation is not None:
        in_effect = _in_effect("downloads", now).filter(organisation=organisation)
        own = in_effect.values_list(column_of("downloads"), flat=True).first()
    return shorter("downloads", own) or kept_for("downloads")


def outlived(code: str, now: datetime, *, since: str, organisation: str) -> Q:
    """The rows whose time is over; `since` and `organisation` are lookups from a row. Reads which terms are in use."""
    kept, column = term_of(code).kept, column_of(code)
    over = Q(**{f"{since}__lt": now - kept}) if kept is not None else Q(pk__in=())
    in_effect = _in_effect(code, now)
    for days in in_effect.order_by(column).values_list(column, flat=True).distinct():
        theirs = in_effect.filter(**{column: days}).values("organisation")
        over |= Q(**{f"{since}__lt": now - timedelta(days=days), f"{organisation}__in": theirs})
    return over


def _in_effect(code: str, now: datetime) -> QuerySet[OrganisationTerms]:
    return OrganisationTerms.objects.filter(takes_effect_at__lte=now, **{f"{column_of(code)}__isnull": False})


def _older_events(organisation: Organisation, before: datetime) -> int:
    events = AuditEvent.objects.filter(organisation=organisation.pk, at__lt=before, pseudonymised_at=None)
    return events.count()


counts_older("trail", _older_events)
