"""Rows in words: invitations on pages and in mails, events in the audit trail."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import AccessLevel, AuditEvent, AuditKind, Invitation, InvitationKind, OrganisationKind, Role
from accounts.people_data.without_text import FORMER_MEMBER

_BY_GUESTS = (AuditKind.CHECK_SHARED, AuditKind.CHECK_TAKEN_BACK)
_RIGHTS = {
    "is_active": _lazy("May sign in"),
    "account": _lazy("Account"),
    "name": _lazy("Name"),
    "second_step": _lazy("Second step"),
}
_VALUES = {
    "yes": _lazy("yes"),
    "no": _lazy("no"),
    "removed": _lazy("removed"),
    "deleted": _lazy("deleted"),
    "time_over": _lazy("its time was over"),
}


def invitation_words(invitation: Invitation, *, written: Callable[[str], str] = str) -> str:
    """Who asks whom for what, in one sentence; `written` makes of each name how it is written there."""
    sentences = {
        InvitationKind.MEMBER: _("%(person)s invites you to join %(organisation)s. Your role: %(role)s."),
        InvitationKind.CONSULTANCY: _(
            "%(person)s asks your consultancy to advise %(organisation)s. Your access: %(level)s."
        ),
        InvitationKind.CLIENT: _(
            "%(person)s from %(organisation)s asks for access to your organisation’s assessments: %(level)s."
        ),
    }
    return sentences[InvitationKind(invitation.kind)] % {
        "person": written(str(invitation.invited_by)),
        "organisation": written(invitation.organisation.name),
        "role": invitation.get_role_display(),
        "level": invitation.get_level_display(),
    }


@dataclass(frozen=True, slots=True)
class AuditTrailLine:
    """One event as texts for a table; `change` is empty if nothing went from one value to another."""

    at: datetime
    what: str
    subject: str
    change: str
    who: str
    ip_address: str


def audit_trail_lines(events: Iterable[AuditEvent]) -> list[AuditTrailLine]:
    """One line for each event, in the same order and in the current language."""
    return [
        AuditTrailLine(
            at=event.at,
            what=event.get_kind_display(),
            subject=_name(event.subject),
            change=_change(event),
            who=_who(event),
            ip_address=event.ip_address or "",
        )
        for event in events
    ]


def _who(event: AuditEvent) -> str:
    if event.pseudonymised_at:
        return _("No longer kept")
    if event.kind in _BY_GUESTS:
        return _("A guest")
    return _name(event.actor_email) or _("The operator of this site")


def _name(stored: str) -> str:
    return _("former member") if stored == FORMER_MEMBER else stored


def _change(event: AuditEvent) -> str:
    before, after = (_value(event.details.get(name, "")) for name in ("before", "after"))
    right = _RIGHTS.get(event.details.get("right", ""), "")
    change = after
    if before and after:
        change = _("%(before)s, now %(after)s") % {"before": before, "after": after}
    elif before:
        change = _("was %(before)s") % {"before": before}
    return f"{right}: {change}" if right and change else str(right) or change


def _value(stored: object) -> str:
    for words in (Role, AccessLevel, OrganisationKind):
        if stored in words.values:
            return str(words(stored).label)
    return str(_VALUES.get(str(stored), stored))
