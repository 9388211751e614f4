"""Deleting an organisation with everything in it, which its owners can undo for some days; and renaming it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.invitations.rules import may_hand_to_owner
from accounts.models import AuditKind, Organisation, User
from accounts.people_data.deleting import deleting
from accounts.people_data.terms import kept_for
from accounts.permissions import Capability
from accounts.queries import clients_reached_through, standing_in
from accounts.services.administration import record_deletion
from accounts.services.locks import lock_organisation, lock_organisation_for, require_capability

TIME_TO_UNDO = kept_for("deleted_organisations")

FilesAct = Callable[[Organisation, UUID | None], None]
_forget_files: list[FilesAct] = []


class WrongName(ChangeRefused):
    """What an owner typed is not what the organisation is called."""

    def __init__(self) -> None:
        super().__init__(_("This is not the name of the organisation. Nothing was deleted."))


def forgets_files(act: FilesAct) -> FilesAct:
    """For rooms that keep files: called in a transaction that deletes or renames an organisation, or that deletes the
    one assessment with this key, before rows go.
    """
    _forget_files.append(act)
    return act


def forget_files_in(organisation: Organisation, assessment: UUID | None = None) -> None:
    """Delete the files that were made from it; those whose rows stay are made again when somebody asks."""
    for act in _forget_files:
        act(organisation, assessment)


@transaction.atomic
def ask_deletion(*, organisation: Organisation, typed: str, by: Actor, now: datetime) -> datetime:
    """By an owner who typed the name, or by the consultancy that stands in for one. Returns when it will be deleted;
    asked twice, the first time counts.
    """
    current = _lock_to_delete(organisation, by)
    if " ".join(typed.split()).casefold() != current.name.casefold():
        raise WrongName
    if current.deletion_due_at is None:
        current.deletion_due_at = now + TIME_TO_UNDO
        current.save(update_fields=["deletion_due_at"])
        record(by=by, kind=AuditKind.DELETION_ASKED, organisation=current)
    return current.deletion_due_at


@transaction.atomic
def undo_deletion(*, organisation: Organisation, by: Actor) -> None:
    """By whoever may ask for it, in time. It does nothing where no deletion was asked for."""
    current = _lock_to_delete(organisation, by)
    if current.deletion_due_at is not None:
        current.deletion_due_at = None
        current.save(update_fields=["deletion_due_at"])
        record(by=by, kind=AuditKind.DELETION_UNDONE, organisation=current)


@transaction.atomic
def delete_organisation(*, organisation: Organisation, by: Actor) -> None:
    """At once and for good: its people lose it, its assessments, results and files go. The trail stays.

    With a consultancy go the clients that it set up and that nobody else could reach. Nothing happens if it is gone:
    it may have been such a client.
    """
    if not Organisation.objects.filter(pk=organisation.pk).exists():
        return
    current = lock_organisation(organisation.pk, by.user)
    for client in clients_reached_through(current):
        delete_organisation(organisation=client, by=by)
    record_deletion(organisation=current, by=by)
    forget_files_in(current)
    with deleting(current.pk):
        current.delete()


def delete_due_organisations(*, now: datetime) -> int:
    """Those whose time to undo is over. Returns how many."""
    due = Organisation.objects.filter(deletion_due_at__lte=now).values_list("pk", flat=True)
    return sum(_delete_if_still_due(pk, now) for pk in list(due))


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, by: Actor) -> Organisation:
    """By an owner. Reports made from now on carry the new name; ValidationError for a name that is none."""
    current = lock_organisation_for(organisation.pk, by, Capability.MANAGE_ORGANISATION)
    before, current.name = current.name, " ".join(name.split())
    if current.name != before:
        current.full_clean()
        current.save(update_fields=["name"])
        forget_files_in(current)
        record(by=by, kind=AuditKind.ORGANISATION_RENAMED, organisation=current, before=before, after=current.name)
    return current


def may_delete(person: User, organisation: Organisation) -> bool:
    """An owner, or until the first one joins, the consultancy that set the organisation up for its client."""
    standing = standing_in(person, organisation.pk)
    own = standing is not None and standing.can(Capability.MANAGE_ORGANISATION)
    return own or may_hand_to_owner(person, organisation)


def _lock_to_delete(organisation: Organisation, by: Actor) -> Organisation:
    current = lock_organisation(organisation.pk, by.person)
    if not may_delete(by.person, current):
        require_capability(by, current.pk, Capability.MANAGE_ORGANISATION)
    return current


@transaction.atomic
def _delete_if_still_due(pk: UUID, now: datetime) -> bool:
    due = Organisation.objects.select_for_update().filter(pk=pk, deletion_due_at__lte=now).first()
    if due is None:
        return False
    delete_organisation(organisation=due, by=Actor(None))
    return True
