"""Changes of access to an organisation lock its row, so that they happen one after another."""

from collections.abc import Iterable
from uuid import UUID

from accounts.audit import Actor
from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Standing, standing_in
from accounts.refused.rights import MissingRight, RightIsMissing, missing_in


def lock_organisation(pk: UUID) -> Organisation:
    """Call it in a transaction; the access read afterwards stays as it is until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=pk)


def lock_organisations(keys: Iterable[UUID]) -> dict[UUID, Organisation]:
    """Always in the same order, so that two transactions with the same organisations never wait for each other."""
    return {pk: lock_organisation(pk) for pk in sorted(set(keys))}


def lock_organisation_for(pk: UUID, by: Actor, capability: Capability) -> Organisation:
    """Locked. After waiting for the lock the actor's capability is checked again; PermissionDenied if it is gone."""
    organisation = lock_organisation(pk)
    require_capability(by, pk, capability)
    return organisation


def require_capability(by: Actor, pk: UUID, capability: Capability) -> Standing:
    """What the actor is to this organisation, read now; RightIsMissing says what they are not, or no longer."""
    standing = standing_in(by.person, pk)
    if standing is None:
        raise RightIsMissing(MissingRight.ENGAGEMENT)
    if not standing.can(capability):
        raise missing_in(standing.role)
    return standing
