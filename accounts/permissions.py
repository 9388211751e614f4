"""Who may do what: the one table of roles, access levels and capabilities. No database here."""

from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in their own organisation."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class AccessLevel(TextChoices):
    """What a client lets a consultancy do, widest first."""

    ANSWER = "answer", _("Answer and review")
    REVIEW = "review", _("Review")
    READ = "read", _("Read only")


class Capability(StrEnum):
    """One thing that a role or an access level allows; CAPABILITIES says which allows what."""

    VIEW_ASSESSMENTS = auto()
    ANSWER = auto()
    EDIT_SCOPE = auto()
    SUBMIT = auto()
    REOPEN = auto()
    DELETE_DRAFT = auto()
    COMMENT = auto()
    ASSIGN = auto()
    REVIEW = auto()
    REQUEST_REPORT = auto()
    DOWNLOAD_REPORT = auto()
    SHARE_REPORT = auto()
    LEAVE = auto()
    MANAGE_PEOPLE = auto()
    MANAGE_ENGAGEMENTS = auto()
    READ_TRAIL = auto()
    MANAGE_ORGANISATION = auto()
    SEE_CLIENTS = auto()
    LOOK_AFTER_CLIENTS = auto()
    MANAGE_BRAND = auto()


_READING = frozenset({Capability.VIEW_ASSESSMENTS, Capability.DOWNLOAD_REPORT})
_REVIEWING = _READING | {Capability.REQUEST_REPORT, Capability.COMMENT, Capability.REVIEW}
_ANSWERING = frozenset(
    {Capability.ANSWER, Capability.EDIT_SCOPE, Capability.SUBMIT, Capability.REOPEN, Capability.ASSIGN}
)
_BELONGING = _READING | {Capability.LEAVE, Capability.SEE_CLIENTS}
_WORKING = _ANSWERING | {
    Capability.REQUEST_REPORT,
    Capability.COMMENT,
    Capability.DELETE_DRAFT,
    Capability.SHARE_REPORT,
    Capability.LOOK_AFTER_CLIENTS,
}
_OWNING = frozenset(
    {
        Capability.MANAGE_PEOPLE,
        Capability.MANAGE_ENGAGEMENTS,
        Capability.READ_TRAIL,
        Capability.MANAGE_ORGANISATION,
        Capability.MANAGE_BRAND,
    }
)
CONSULTANCY_ONLY = frozenset({Capability.SEE_CLIENTS, Capability.LOOK_AFTER_CLIENTS, Capability.MANAGE_BRAND})
"""A role gives these only where the organisation is a consultancy."""

CAPABILITIES: dict[Role | AccessLevel, frozenset[Capability]] = {
    Role.VIEWER: _BELONGING,
    Role.EDITOR: _BELONGING | _WORKING,
    Role.OWNER: _BELONGING | _WORKING | _OWNING,
    AccessLevel.READ: _READING,
    AccessLevel.REVIEW: _REVIEWING,
    AccessLevel.ANSWER: _REVIEWING | _ANSWERING,
}


def can(role: Role | AccessLevel | None, capability: Capability) -> bool:
    """Whether CAPABILITIES gives it; a consultancy's own capabilities need `Standing.can`, which knows the kind."""
    return role is not None and capability in CAPABILITIES[role]
