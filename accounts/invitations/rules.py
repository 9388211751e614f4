"""Invitations found by their links, and who may make which. Only a hash of a link's token is stored."""

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
    """Whether the person may make such an invitation. With `role` owner, a consultancy may hand over a client."""
    standing = standing_in(person, organisation.pk)
    if standing is not None and standing.can(REQUIRED_CAPABILITY[kind]):
        return True
    return kind == InvitationKind.MEMBER and role == Role.OWNER and may_hand_to_owner(person, organisation)


def may_hand_to_owner(person: Person, client: Organisation) -> bool:
    """Whether the person's consultancy set the client up, still has access, and the client never had an owner."""
    if client.set_up_by_id is None or not is_without_owner_yet(client):
        return False
    at_consultancy = standing_in(person, client.set_up_by_id)
    return (
        at_consultancy is not None
        and at_consultancy.can(Capability.LOOK_AFTER_CLIENTS)
        and active_engagements_at(client).filter(consultancy=client.set_up_by_id).exists()
    )


def is_without_owner_yet(client: Organisation) -> bool:
    """Whether nobody has ever joined it. One whose people have all left is theirs to the end, and nobody's to give."""
    return client.handed_over_at is None and not client.memberships.exists()


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn, newest first; expired ones are included and can be sent again."""
    return organisation.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


def find_invitation(token: str) -> Invitation | None:
    """The invitation if `is_valid_invitation`, else None."""
    invitation = _by_token(token).filter(accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    return invitation if invitation and is_valid_invitation(invitation) else None


def accepted_invitation(token: str, user: User) -> Invitation | None:
    """The invitation if this person has already accepted it, as when the button is clicked twice."""
    return _by_token(token).filter(accepted_by=user).first()


def is_valid_invitation(invitation: Invitation) -> bool:
    """Neither accepted, withdrawn nor expired, and its sender may still make it."""
    return (
        invitation.accepted_at is None
        and invitation.withdrawn_at is None
        and not invitation.ran_out
        and may_invite(invitation.invited_by, invitation.organisation, InvitationKind(invitation.kind), invitation.role)
    )


def mask_email(email: str) -> str:
    """Enough of an address for its holder to recognise it, without revealing it to others: a…@example.org."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _by_token(token: str) -> QuerySet[Invitation]:
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_token(token))
