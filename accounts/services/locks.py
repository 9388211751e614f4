"""The organisation's row is what changes of access to it queue up at."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied

from accounts.audit import Actor
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Standing, standing_in


def lock_organisation(pk: UUID) -> Organisation:
    """To be called in a transaction; whatever is read after it stays as it is until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=pk)


def lock_organisations(keys: Iterable[UUID]) -> dict[UUID, Organisation]:
    """In one order whoever asks, so that two who lock the same organisations never wait for each other."""
    return {pk: lock_organisation(pk) for pk in sorted(set(keys))}


def lock_organisation_for(pk: UUID, by: Actor, capability: Capability) -> Organisation:
    """Locked, and the actor's right to the change looked up after that: it may have gone a moment ago."""
    organisation = lock_organisation(pk)
    require_capability(by, pk, capability)
    return organisation


def require_capability(by: Actor, pk: UUID, capability: Capability) -> Standing:
    standing = standing_in(by.person, pk)
    if standing is None or not standing.can(capability):
        raise PermissionDenied
    return standing
