"""Invitations for tests, and how to find their links."""

import re
from datetime import timedelta
from typing import Any

from accounts.audit import Actor
from accounts.models import Invitation, InvitationKind, Organisation, Role, User
from accounts.services.invitations import SentInvitation, invite


def invited(organisation: Organisation, by: User, email: str = "bo@example.org", **fields: Any) -> SentInvitation:
    given = {"kind": InvitationKind.MEMBER, "role": Role.EDITOR, "by_mail": True, **fields}
    return invite(organisation=organisation, email=email, by=Actor(by), **given)


def aged(invitation: Invitation, **age: float) -> Invitation:
    """The invitation as if it had been created that long ago."""
    past = timedelta(**age)
    Invitation.objects.filter(pk=invitation.pk).update(
        created_at=invitation.created_at - past,
        sent_at=invitation.sent_at - past,
        expires_at=invitation.expires_at - past,
    )
    invitation.refresh_from_db()
    return invitation


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/invitations/[\w-]+/)", text)
    assert found, text
    return found[1]
