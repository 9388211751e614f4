"""Administrators of the site: there is always one who can act."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import User

ADMINISTRATOR_FLAGS = ("is_active", "is_staff", "is_superuser")
"""Without one of them a person can change nothing in the administration."""


class LastAdministrator(ChangeRefused):
    """The change would leave the site without an administrator who can act."""

    def __init__(self) -> None:
        super().__init__(_("This is the only administrator of this site. Make somebody else one first."))


def administrators() -> QuerySet[User]:
    """Those who can act: active, let into the administration, and with all rights there."""
    return User.objects.filter(**dict.fromkeys(ADMINISTRATOR_FLAGS, True))


def lock_administrators(*, by: User | None = None) -> None:
    """Call it in a transaction before rights change: of two who demote each other at once, the second finds it done.

    PermissionDenied if `by` stopped being an administrator while waiting.
    """
    locked = set(administrators().select_for_update().order_by("pk").values_list("pk", flat=True))
    if by is not None and by.pk not in locked:
        raise PermissionDenied


def keep_an_administrator(person: User) -> None:
    """LastAdministrator if the person is the only one; administrators are locked."""
    if administrators().filter(pk=person.pk).exists() and not administrators().exclude(pk=person.pk).exists():
        raise LastAdministrator
