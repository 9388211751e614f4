"""From keys in an address to a consultancy and its clients. Foreign is 404 like missing; own but not allowed is 403."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from accounts.access import organisation_read, require
from accounts.models import Engagement, Level, Organisation
from accounts.permissions import Capability, can
from accounts.queries import Person, Standing
from assessments.desk.queries import Client, client_among, clients_of


def desk_read(person: Person, pk: UUID) -> Standing:
    return require(organisation_read(person, pk), Capability.SEE_CLIENTS)


def desk_work(person: Person, pk: UUID) -> Organisation:
    return require(organisation_read(person, pk), Capability.LOOK_AFTER_CLIENTS).organisation


def client_at(consultancy: Organisation, client: UUID) -> Client:
    """404 for an organisation that is no client of this consultancy, like for none at all."""
    found = client_among(consultancy, client)
    if found is None:
        raise Http404
    return found


def clients_at(consultancy: Organisation, keys: Iterable[str]) -> list[Client]:
    """The clients with these keys, by name; 404 when one of them is none of this consultancy's."""
    try:
        wanted = {UUID(key) for key in keys}
    except ValueError:
        raise Http404 from None
    found = list(clients_of(consultancy).filter(client__in=wanted).order_by("client__name", "pk"))
    if len(found) != len(wanted):
        raise Http404
    return found


def lets(engagement: Engagement, capability: Capability) -> bool:
    """What the client lets the consultancy's people do who look after clients."""
    return can(Level(engagement.level), capability)
