"""Who may do what: the one table of roles, levels and capabilities. No database here."""

from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in their own organisation."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class Level(TextChoices):
    """What a client lets a consultancy do, widest first."""

    ANSWER = "answer", _("Answer with us")
    REVIEW = "review", _("Review our answers")
    READ = "read", _("Read only")


class Capability(StrEnum):
    VIEW_ASSESSMENTS = auto()
    ANSWER = auto()
    EDIT_SCOPE = auto()
    SUBMIT = auto()
    REOPEN = auto()
    DELETE_DRAFT = auto()
    REQUEST_REPORT = auto()
    DOWNLOAD_REPORT = auto()
    MANAGE_PEOPLE = auto()


_READING = frozenset({Capability.VIEW_ASSESSMENTS, Capability.DOWNLOAD_REPORT})
_REVIEWING = _READING | {Capability.REQUEST_REPORT}
_ANSWERING = _REVIEWING | {Capability.ANSWER, Capability.EDIT_SCOPE, Capability.SUBMIT, Capability.REOPEN}

CAPABILITIES: dict[Role | Level, frozenset[Capability]] = {
    Role.VIEWER: _READING,
    Role.EDITOR: _ANSWERING | {Capability.DELETE_DRAFT},
    Role.OWNER: frozenset(Capability),
    Level.READ: _READING,
    Level.REVIEW: _REVIEWING,
    Level.ANSWER: _ANSWERING,
}


def can(role: Role | Level | None, capability: Capability) -> bool:
    return role is not None and capability in CAPABILITIES[role]
