from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.models import ClientNotes, Organisation
from accounts.people_data.own_terms import outlived
from assessments.editions import stored
from assessments.models import NewestResult
from reports.models import PortfolioFile, PortfolioItem

_RESULT = ("answers", *(f"assessment__{column}" for column in stored.UNREAD))
UNREAD = tuple(f"result__{column}" for column in _RESULT)
"""What a portfolio does not need of a result."""


@dataclass(frozen=True, slots=True)
class ClientNow:
    """A client with what a portfolio fixes of it: the key of its newest result, and the noted day of a review."""

    client: UUID
    name: str
    result: UUID | None
    review_on: date | None


def clients_now(consultancy: Organisation, clients: Mapping[UUID, str]) -> list[ClientNow]:
    """By name, in two queries for any number of them."""
    newest = NewestResult.objects.filter(organisation__in=clients)
    results = dict(newest.values_list("organisation", "summary__result"))
    notes = ClientNotes.objects.filter(consultancy=consultancy, client__in=clients)
    reviews = dict(notes.values_list("client", "next_review_on"))
    by_name = sorted(clients.items(), key=lambda each: (each[1].casefold(), each[0]))
    return [ClientNow(key, name, results.get(key), reviews.get(key)) for key, name in by_name]


def items_with_results(portfolio: PortfolioFile) -> QuerySet[PortfolioItem]:
    """In order, each with its result, assessment and edition."""
    return portfolio.items.select_related("result__assessment__edition").defer(*UNREAD)


def outlived_portfolios(now: datetime) -> QuerySet[PortfolioFile]:
    """Those whose time is over, by the terms of the consultancy or of the installation."""
    return PortfolioFile.objects.filter(outlived("downloads", now, since="requested_at", organisation="consultancy"))


def portfolios_at(consultancy: Organisation) -> QuerySet[PortfolioFile]:
    """Newest first, each with `clients`, the number of them."""
    rows = PortfolioFile.objects.filter(consultancy=consultancy).select_related("requested_by")
    return rows.annotate(clients=Count("items")).order_by("-requested_at")


def portfolios_with(clients: Iterable[UUID]) -> QuerySet[PortfolioFile]:
    """Those in which one of these organisations is told of."""
    return PortfolioFile.objects.filter(pk__in=PortfolioItem.objects.filter(client__in=clients).values("portfolio"))
