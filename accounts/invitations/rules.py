"""Invitations as they are found by their links, and who may make which. The links' tokens are known to nobody else."""

from django.db.models import QuerySet

from accounts.models import Invitation, InvitationKind, Organisation, Role, User
from accounts.permissions import Capability
from accounts.queries import Person, active_engagements_at, standing_in
from accounts.sign_in.tokens import hash_token

REQUIRED_CAPABILITY = {
    InvitationKind.MEMBER: Capability.MANAGE_PEOPLE,
    InvitationKind.CONSULTANCY: Capability.MANAGE_ENGAGEMENTS,
    InvitationKind.CLIENT: Capability.LOOK_AFTER_CLIENTS,
}


def may_invite(person: Person, organisation: Organisation, kind: InvitationKind, role: str = "") -> bool:
    standing = standing_in(person, organisation.pk)
    if standing is not None and standing.can(REQUIRED_CAPABILITY[kind]):
        return True
    return kind == InvitationKind.MEMBER and role == Role.OWNER and may_hand_to_owner(person, organisation)


def may_hand_to_owner(person: Person, client: Organisation) -> bool:
    """Whether the person's consultancy set the client up, still looks after it, and nobody belongs to it yet."""
    if client.set_up_by_id is None or client.memberships.exists():
        return False
    at_home = standing_in(person, client.set_up_by_id)
    return (
        at_home is not None
        and at_home.can(Capability.LOOK_AFTER_CLIENTS)
        and active_engagements_at(client).filter(consultancy=client.set_up_by_id).exists()
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn, newest first; those that ran out are among them and can be sent again."""
    return organisation.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


def find_invitation(token: str) -> Invitation | None:
    """The invitation while it still works: known, open, in time, and its sender still allowed to make it."""
    invitation = _by_token(token).filter(accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    return invitation if invitation and is_valid_invitation(invitation) else None


def accepted_invitation(token: str, user: User) -> Invitation | None:
    """The invitation that this person has accepted before: the second click on the same button."""
    return _by_token(token).filter(accepted_by=user).first()


def is_valid_invitation(invitation: Invitation) -> bool:
    return (
        invitation.accepted_at is None
        and invitation.withdrawn_at is None
        and not invitation.ran_out
        and may_invite(invitation.invited_by, invitation.organisation, InvitationKind(invitation.kind), invitation.role)
    )


def mask_email(email: str) -> str:
    """An address that its holder knows again and nobody else learns: a…@example.org."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _by_token(token: str) -> QuerySet[Invitation]:
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_token(token))
