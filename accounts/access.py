"""From a key in an address to something a person may see. Foreign is 404 like missing; own but not allowed is 403."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.permissions import Capability
from accounts.queries import Person, Standing, standing_in


def organisation_read(person: Person, pk: UUID) -> Standing:
    standing = standing_in(person, pk)
    if standing is None:
        raise Http404
    return standing


def organisation_manage(person: Person, pk: UUID) -> Standing:
    return require(organisation_read(person, pk), Capability.MANAGE_PEOPLE)


def require(standing: Standing, capability: Capability) -> Standing:
    """The standing itself, or 403: to be called only on what the person may know of."""
    if not standing.can(capability):
        raise PermissionDenied
    return standing


def may_edit_bank(person: Person) -> bool:
    """Bank editors write the questions that everyone is asked; being one opens no organisation's data."""
    return person.is_authenticated and person.is_active and person.edits_bank
