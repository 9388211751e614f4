"""Changes of access to an organisation lock its row, so that they happen one after another.

Whoever waits for a lock is looked at again after it, here or by `person_now`: `tests/access/test_locks.py` reads that
from the code.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied

from accounts.audit import Actor
from accounts.models import Organisation, User
from accounts.permissions import Capability
from accounts.queries import Person, Standing, standing_in
from accounts.refused.rights import MissingRight, RightIsMissing, missing_in
from accounts.sign_in.mfa import lacks_required_mfa, with_mfa_state


def person_now(person: Person) -> User:
    """The person as the database has them now, for whoever has waited for a lock: the request read them before.

    PermissionDenied if they were suspended meanwhile, or lack a second step that they need by now.
    """
    now = with_mfa_state(User.objects.order_by()).filter(pk=person.pk or 0, is_active=True).first()
    if now is None or lacks_required_mfa(now):
        raise PermissionDenied
    return now


def lock_person(person: Person) -> User:
    """The person's row, locked: what they change about how they sign in happens one after another.

    PermissionDenied if they were suspended meanwhile. A second step may be missing: this is how it is set up.
    """
    locked = User.objects.select_for_update().filter(pk=person.pk or 0).first()
    if locked is None or not locked.is_active:
        raise PermissionDenied
    return locked


def lock_organisation(pk: UUID, by: Person | None) -> Organisation:
    """Call it in a transaction; the access read afterwards stays as it is until the transaction ends.

    `by` is who acts, and is looked at again (`person_now`); None for the site itself.
    """
    return lock_organisations([pk], by)[pk]


def lock_organisations(keys: Iterable[UUID], by: Person | None) -> dict[UUID, Organisation]:
    """Always in the same order, so that two transactions with the same organisations never wait for each other."""
    locked = {pk: Organisation.objects.select_for_update().get(pk=pk) for pk in sorted(set(keys))}
    if by is not None:
        person_now(by)
    return locked


def lock_organisation_for(pk: UUID, by: Actor, capability: Capability) -> Organisation:
    """Locked. After waiting for the lock the actor's capability is checked again; PermissionDenied if it is gone."""
    organisation = lock_organisation(pk, by.user)
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
