"""Invitations made, sent again and withdrawn."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.invitations.rules import may_invite, open_invitations
from accounts.models import MAX_SENDINGS, AuditKind, Invitation, InvitationKind, Organisation
from accounts.models.addresses import mailbox_of, normal_address
from accounts.services.locks import lock_organisation
from accounts.sign_in.tokens import hash_token, new_token

LIFETIME = timedelta(days=7)
RESEND_AFTER = timedelta(seconds=60)
MAX_PER_DAY = 100
"""What one organisation, and one person, may send within 24 hours, so that nobody floods strangers' mailboxes."""
MOST_TO_MAILBOX = 10
"""Mails that one mailbox gets within 24 hours, of whatever organisations: accounts and organisations cost nothing."""
MOST_MEMBERS = 500
"""Of one organisation, with those who are invited: all of them stand on one page."""


class InvitationGone(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("This invitation no longer works. Ask for a new one."))


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """What has to reach the invited person. The token cannot be retrieved later."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    kind: InvitationKind,
    email: str,
    by: Actor,
    by_mail: bool,
    role: str = "",
    level: str = "",
) -> SentInvitation:
    """Create an invitation; the caller delivers it. ChangeRefused says why there can be none.

    Nothing here looks for an account with this address, so nobody learns whether there is one.
    """
    organisation = lock_organisation(organisation.pk, by.user)
    email = normal_address(email)
    if not may_invite(by.person, organisation, kind, role):
        raise PermissionDenied
    _refuse_known(organisation, kind, email)
    _refuse_crowds(organisation)
    _refuse_floods(organisation, by, email)
    if by_mail:
        _refuse_full_mailbox(email)
    now, token = timezone.now(), new_token()
    invitation = Invitation(
        organisation=organisation,
        kind=kind,
        email=email,
        role=role,
        level=level,
        token_hash=hash_token(token),
        invited_by=by.person,
        by_mail=by_mail,
        created_at=now,
        sent_at=now,
        expires_at=now + LIFETIME,
    )
    invitation.full_clean()
    invitation.save()
    record(
        by=by, kind=AuditKind.INVITED, organisation=organisation, subject=email, invitation=kind, after=role or level
    )
    return SentInvitation(invitation, token)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Actor, by_mail: bool) -> SentInvitation:
    """With a new token, valid for seven more days; the earlier link stops working. ChangeRefused if sent too often."""
    current = _open(invitation, by)
    if current.sendings >= MAX_SENDINGS:
        raise ChangeRefused(
            _("This invitation was already sent %(count)s times. Withdraw it and contact the person another way.")
            % {"count": current.sendings}
        )
    now, token = timezone.now(), new_token()
    if now < current.sent_at + RESEND_AFTER:
        raise ChangeRefused(_("It was sent a moment ago. Wait a minute before you send it again."))
    _refuse_floods(current.organisation, by, current.email)
    if by_mail:
        _refuse_full_mailbox(current.email)
    current.token_hash, current.by_mail, current.invited_by = hash_token(token), by_mail, by.person
    current.sent_at, current.expires_at, current.sendings = now, now + LIFETIME, current.sendings + 1
    current.save()
    record(by=by, kind=AuditKind.INVITED_AGAIN, organisation=current.organisation, subject=current.email)
    return SentInvitation(current, token)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Its link stops working at once. ChangeRefused if it was accepted or withdrawn meanwhile."""
    current = _open(invitation, by)
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    record(by=by, kind=AuditKind.INVITATION_WITHDRAWN, organisation=current.organisation, subject=current.email)


def _open(invitation: Invitation, by: Actor) -> Invitation:
    """The invitation as it is now that the organisation is locked; checks that the actor may still change it."""
    organisation = lock_organisation(invitation.organisation_id, by.user)
    current = open_invitations(organisation).select_related("organisation").filter(pk=invitation.pk).first()
    if current is None:
        raise ChangeRefused(_("This invitation was accepted or withdrawn in the meantime."))
    if not may_invite(by.person, organisation, InvitationKind(current.kind), current.role):
        raise PermissionDenied
    return current


def _refuse_known(organisation: Organisation, kind: InvitationKind, email: str) -> None:
    if kind == InvitationKind.MEMBER and organisation.memberships.filter(user__email=email).exists():
        raise ChangeRefused(_("This person is already a member of the organisation."))
    if open_invitations(organisation).filter(kind=kind, email=email).exists():
        raise ChangeRefused(_("This address is already invited. Send the invitation again, or withdraw it first."))


def _refuse_crowds(organisation: Organisation) -> None:
    if organisation.memberships.count() + open_invitations(organisation).count() >= MOST_MEMBERS:
        raise ChangeRefused(
            _(
                "%(most)d people are members or invited, and there is no room for more. Remove somebody who has left, "
                "or withdraw an invitation."
            )
            % {"most": MOST_MEMBERS}
        )


def _refuse_floods(organisation: Organisation, by: Actor, email: str) -> None:
    """Counts every sending of a day, withdrawn invitations included.

    Neither starting over nor using another organisation of the same person resets the count.
    """
    recent = Invitation.objects.filter(sent_at__gt=timezone.now() - timedelta(days=1))
    for sent in (recent.filter(organisation=organisation), recent.filter(invited_by=by.person)):
        if _sendings(sent) >= MAX_PER_DAY:
            raise ChangeRefused(_("Too many invitations for one day. Continue tomorrow."))
        if _to_mailbox(sent, email) >= MAX_SENDINGS:
            raise ChangeRefused(_("You have sent enough mail to this address for one day. Try again tomorrow."))


def _refuse_full_mailbox(email: str) -> None:
    name, _at, domain = mailbox_of(email).rpartition("@")
    recent = Invitation.objects.filter(by_mail=True, sent_at__gt=timezone.now() - timedelta(days=1))
    alike = recent.filter(email__startswith=name, email__endswith=f"@{domain}").order_by("-sent_at")
    if _to_mailbox(alike[: MAX_PER_DAY * MOST_TO_MAILBOX], email) >= MOST_TO_MAILBOX:
        raise ChangeRefused(
            _("Enough invitations were mailed to this address today. Tell the person yourself, or try again tomorrow.")
        )


def _to_mailbox(invitations: QuerySet[Invitation], email: str) -> int:
    """A few at most: they are looked at one by one."""
    rows = invitations.values_list("email", "sendings")
    return sum(sendings for address, sendings in rows if mailbox_of(address) == mailbox_of(email))


def _sendings(invitations: QuerySet[Invitation]) -> int:
    return invitations.aggregate(sent=Sum("sendings"))["sent"] or 0
