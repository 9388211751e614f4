"""Who may have which reports in one file. Foreign is 404 like missing; own but not allowed is 403."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import clients_at, organisation_for, require
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Person, standing_on, with_standing
from assessments.models import Result
from reports.bundles.queries import allowed_among, newest_results
from reports.models import Bundle, BundleItem, PortfolioFile, PortfolioItem

FileOfClients = TypeVar("FileOfClients", Bundle, PortfolioFile)


@dataclass(frozen=True, slots=True)
class BundleSelection:
    """The results to report on, and the names of the clients that are left out."""

    consultancy: Organisation
    results: tuple[Result, ...]
    unfinished: tuple[str, ...]
    not_allowed: tuple[str, ...]


def bundle_ask(person: Person, pk: UUID, keys: Iterable[str]) -> BundleSelection:
    """The newest results of these clients of the consultancy; 404 when this person cannot see one of them."""
    consultancy = organisation_for(person, pk, Capability.SEE_CLIENTS).organisation
    clients = {each.client_id: each.client.name for each in clients_at(consultancy, keys)}
    allowed = allowed_among(person, clients, Capability.REQUEST_REPORT)
    results = newest_results(allowed)
    by_name = sorted(clients.items(), key=lambda each: (each[1].casefold(), each[0]))
    return BundleSelection(
        consultancy,
        results=tuple(results[key] for key, _ in by_name if key in results),
        unfinished=tuple(name for key, name in by_name if key in allowed and key not in results),
        not_allowed=tuple(name for key, name in by_name if key not in allowed),
    )


def bundle_read(person: Person, pk: UUID) -> Bundle:
    """Its state: for those who see the consultancy's clients."""
    return file_at_consultancy(Bundle.objects.all(), person, pk)


def file_at_consultancy(rows: QuerySet[FileOfClients], person: Person, pk: UUID) -> FileOfClients:
    """A file about clients, of any sort: for those who see the consultancy's clients."""
    found = with_standing(rows.select_related("consultancy"), person, "consultancy_id").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(standing_on(found, found.consultancy), Capability.SEE_CLIENTS)
    return found


def out_of_reach(person: Person, file: Bundle | PortfolioFile) -> list[str]:
    """Names of the clients in it whose reports this person may no longer download."""
    items: list[BundleItem | PortfolioItem] = list(file.items.all())
    allowed = allowed_among(person, [item.client for item in items], Capability.DOWNLOAD_REPORT)
    return [item.client_name for item in items if item.client not in allowed]
