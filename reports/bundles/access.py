"""Who may have which reports in one file. Foreign is 404 like missing; own but not allowed is 403."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from accounts.access import clients_at, organisation_for, require
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Person, standing_on, with_standing
from assessments.models import Result
from reports.bundles.queries import allowed_among, newest_results
from reports.models import Bundle


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
    rows = Bundle.objects.select_related("consultancy")
    bundle = with_standing(rows, person, "consultancy_id").filter(pk=pk).first()
    if bundle is None:
        raise Http404
    require(standing_on(bundle, bundle.consultancy), Capability.SEE_CLIENTS)
    return bundle


def out_of_reach(person: Person, bundle: Bundle) -> list[str]:
    """Names of the clients in it whose reports this person may no longer download."""
    items = list(bundle.items.all())
    allowed = allowed_among(person, [item.client for item in items], Capability.DOWNLOAD_REPORT)
    return [item.client_name for item in items if item.client not in allowed]
