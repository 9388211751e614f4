"""Which right is missing, so that the page about it says the right thing."""

from enum import Enum, auto

from django.core.exceptions import PermissionDenied

from accounts.permissions import Role


class MissingRight(Enum):
    """`ROLE` in one's own organisation, `ENGAGEMENT` of one's consultancy with a client; the others are the site's."""

    ROLE = auto()
    ENGAGEMENT = auto()
    BANK_EDITOR = auto()
    ADMINISTRATOR = auto()
    NOT_OFFERED = auto()
    """An administrator asks for something that the administration does not do."""


class RightIsMissing(PermissionDenied):
    """A refusal that knows why: status 403 with a page that says whom to ask."""

    def __init__(self, right: MissingRight) -> None:
        super().__init__(right.name)
        self.right = right


def missing_in(role: Role | None) -> RightIsMissing:
    """For somebody who may see an organisation as a member in this role, or without one for a consultancy."""
    return RightIsMissing(MissingRight.ENGAGEMENT if role is None else MissingRight.ROLE)
