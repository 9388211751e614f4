"""Members of an organisation: changing their roles, ending their memberships, and handing over the ownership."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.invitations.rules import open_invitations
from accounts.models import AuditKind, Membership, Organisation, Role
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for


class LastOwner(ChangeRefused):
    """The change would leave the organisation without an owner who can act."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has to own the organisation. Make another member an owner first, or hand over the ownership.")
        )


class NotAMember(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("This person is no longer a member of the organisation."))


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: Actor) -> None:
    """By an owner. NotAMember if the membership ended meanwhile, LastOwner if no owner would be left."""
    organisation = lock_organisation_for(membership.organisation_id, by, Capability.MANAGE_PEOPLE)
    current = _as_it_is(membership)
    if current.role == role:
        return
    before = current.role
    _set_role(current, role, by)
    record(
        by=by,
        kind=AuditKind.ROLE_CHANGED,
        organisation=organisation,
        subject=current.user.email,
        before=before,
        after=role,
    )


@transaction.atomic
def remove_member(*, membership: Membership, by: Actor) -> None:
    """By another owner. NotAMember if the membership ended meanwhile."""
    organisation = lock_organisation_for(membership.organisation_id, by, Capability.MANAGE_PEOPLE)
    current = _as_it_is(membership)
    if current.user == by.user:
        raise ChangeRefused(_("You cannot remove yourself. Leave the organisation instead."))
    _end(current, by)
    record(by=by, kind=AuditKind.REMOVED, organisation=organisation, subject=current.user.email, before=current.role)


@transaction.atomic
def leave_organisation_as(*, organisation: Organisation, by: Actor) -> None:
    """End the actor's own membership. LastOwner if no other owner can act."""
    organisation = lock_organisation_for(organisation.pk, by, Capability.LEAVE)
    current = organisation.memberships.select_related("user").get(user=by.person)
    # Before they go: afterwards it would not be the trail of an organisation of theirs.
    record(by=by, kind=AuditKind.LEFT, organisation=organisation, subject=current.user.email, before=current.role)
    _end(current, by)


@transaction.atomic
def hand_over_ownership(*, membership: Membership, by: Actor) -> None:
    """The member becomes an owner and the actor an editor, in one transaction. ChangeRefused says why it cannot be."""
    organisation = lock_organisation_for(membership.organisation_id, by, Capability.MANAGE_PEOPLE)
    new_owner = _as_it_is(membership)
    own = organisation.memberships.select_related("user").get(user=by.person)
    if new_owner == own:
        raise ChangeRefused(_("You already own the organisation."))
    if not new_owner.user.is_active:
        raise ChangeRefused(_("This person’s account is suspended, so they cannot own the organisation."))
    new_owner.role = Role.OWNER
    new_owner.save(update_fields=["role"])
    _set_role(own, Role.EDITOR, by)
    record(by=by, kind=AuditKind.OWNERSHIP_HANDED_OVER, organisation=organisation, subject=new_owner.user.email)


def is_last_owner(membership: Membership) -> bool:
    """Whether no other owner of the organisation can act; a suspended one cannot."""
    others = membership.organisation.memberships.filter(role=Role.OWNER, user__is_active=True).exclude(pk=membership.pk)
    return membership.role == Role.OWNER and not others.exists()


def _as_it_is(membership: Membership) -> Membership:
    """The row as it is now that the organisation is locked."""
    current = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if current is None:
        raise NotAMember
    return current


def _set_role(membership: Membership, role: Role, by: Actor) -> None:
    if role != Role.OWNER:
        _keep_an_owner(membership, by)
    membership.role = role
    membership.save(update_fields=["role"])


def _end(membership: Membership, by: Actor) -> None:
    _keep_an_owner(membership, by)
    Membership.objects.filter(pk=membership.pk).delete()


def _keep_an_owner(membership: Membership, by: Actor) -> None:
    """Refuses if an owner goes and no other owner is left who can act.

    The person's open invitations are withdrawn too: nobody would vouch for the people whom they let in.
    """
    if membership.role != Role.OWNER:
        return
    if is_last_owner(membership):
        raise LastOwner
    organisation = membership.organisation
    for invitation in open_invitations(organisation).filter(invited_by=membership.user):
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        kind = AuditKind.INVITATION_WITHDRAWN
        record(by=by, kind=kind, organisation=organisation, subject=invitation.email)
