"""What can stand in the way of a change to the bank."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from assessments.errors import ChangeRefused

Value = TypeVar("Value")


class EditionFixed(ChangeRefused):
    def __init__(self, code: str) -> None:
        super().__init__(
            _("Edition %(code)s is published and never changes. Copy it to a new draft and change that.")
            % {"code": code}
        )


class GoneMeanwhile(ChangeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is no longer there: someone removed it meanwhile.") % {"name": name})


class StillInUse(ChangeRefused):
    def __init__(self, name: str, users: Iterable[str]) -> None:
        super().__init__(
            _("%(name)s is still used by %(users)s. Change that first.") % {"name": name, "users": ", ".join(users)}
        )


class NotThere(ChangeRefused):
    """What a question refers to and the draft does not have."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            _("This needs %(names)s, which this draft does not have (any more).") % {"names": ", ".join(names)}
        )


class NameTaken(ChangeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is taken already, or was once. Names are never used twice.") % {"name": name})


class EditConflict(Exception, Generic[Value]):
    """Someone saved this after the page was loaded. `stored` is what they saved, `version` its version."""

    def __init__(self, stored: Value, version: int) -> None:
        super().__init__()
        self.stored = stored
        self.version = version
