"""Whose clients may be in one file. Foreign is 404 like missing; own but not allowed is 403."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.access import clients_at, organisation_for
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Person, active_engagements_of
from reports.bundles.access import file_at_consultancy
from reports.bundles.queries import allowed_among
from reports.models import PortfolioFile


@dataclass(frozen=True, slots=True)
class PortfolioSelection:
    """The chosen clients that this person may read, by key."""

    consultancy: Organisation
    clients: dict[UUID, str]


def portfolio_ask(person: Person, pk: UUID, keys: Iterable[str]) -> PortfolioSelection:
    """These clients of the consultancy; 404 when one of them is none."""
    consultancy = organisation_for(person, pk, Capability.SEE_CLIENTS).organisation
    return _seen(person, consultancy, {each.client_id: each.client.name for each in clients_at(consultancy, keys)})


def portfolio_ask_all(person: Person, pk: UUID) -> PortfolioSelection:
    """Every client that the consultancy has now."""
    consultancy = organisation_for(person, pk, Capability.SEE_CLIENTS).organisation
    everybody = active_engagements_of(consultancy)
    return _seen(person, consultancy, {each.client_id: each.client.name for each in everybody})


def portfolio_read(person: Person, pk: UUID) -> PortfolioFile:
    """Its state: for those who see the consultancy's clients."""
    return file_at_consultancy(PortfolioFile.objects.all(), person, pk)


def _seen(person: Person, consultancy: Organisation, clients: dict[UUID, str]) -> PortfolioSelection:
    allowed = allowed_among(person, clients, Capability.DOWNLOAD_REPORT)
    return PortfolioSelection(consultancy, {key: name for key, name in clients.items() if key in allowed})
