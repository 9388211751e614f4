"""What can prevent a change to the bank."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from assessments.errors import ChangeRefused

Value = TypeVar("Value")


class EditionFixed(ChangeRefused):
    """A published edition never changes."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Edition %(code)s is published and never changes. Copy it to a new draft and change that.")
            % {"code": code}
        )


class GoneMeanwhile(ChangeRefused):
    """Somebody removed it after the page was loaded."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is gone: someone removed it in the meantime.") % {"name": name})


class StillInUse(ChangeRefused):
    """Questions use it, so it cannot be removed."""

    def __init__(self, name: str, users: Iterable[str]) -> None:
        super().__init__(
            _("%(name)s is still used by %(users)s. Change that first.") % {"name": name, "users": ", ".join(users)}
        )


class NotThere(ChangeRefused):
    """A question refers to something that the draft does not have."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            _("This needs %(names)s, which this draft does not have, or no longer has.") % {"names": ", ".join(names)}
        )


class NameTaken(ChangeRefused):
    """Another item has the name, or once had it."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is already taken, or was once. Names are never reused.") % {"name": name})


class EditConflict(Exception, Generic[Value]):
    """Someone saved this after the page was loaded. `stored` is what they saved, `version` its version."""

    def __init__(self, stored: Value, version: int) -> None:
        super().__init__()
        self.stored = stored
        self.version = version
