"""What people are called: changing it, and remembering what an erasure has to look for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import Membership, NamePeriod, User
from accounts.names import name_to_compare
from accounts.services.locks import lock_person

MOST_FORMER_NAMES = 10
"""Of one person; former addresses are not counted."""
KNOWN_AFTER = timedelta(days=7)
"""So long somebody is called something before colleagues can mean them by it: decision 26."""


class NameRefused(ChangeRefused):
    """A person cannot be called that; the message says why."""


class NameOfAnother(NameRefused):
    """Somebody who works with the person is called that."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody you work with is called that already. Add something that tells the two of you apart.")
        )


class TooManyNames(NameRefused):
    def __init__(self) -> None:
        super().__init__(_("You have changed your name very often. Please ask whoever runs this site."))


@transaction.atomic
def rename_person(*, user: User, name: str) -> None:
    """Spaces are tidied; an empty name makes pages show the e-mail address instead.

    NameOfAnother for that of somebody around, whose comments and reviews it would seem to sign. TooManyNames after
    MOST_FORMER_NAMES: an erasure looks for each of them.
    """
    tidy, current = " ".join(name.split()), lock_person(user)
    if tidy == current.name:
        return
    refuse_name_of_another(person=current, name=tidy)
    if sum("@" not in text for text in current.former_names) >= MOST_FORMER_NAMES:
        raise TooManyNames
    user.former_names = current.former_names
    user.name = tidy
    remember_name(user=user, before=current.name, now=timezone.now())
    user.save(update_fields=["name"])


def refuse_name_of_another(*, person: User, name: str) -> None:
    """Raises NameOfAnother if somebody who works with the person is called that, whoever gives the name."""
    if name and name_to_compare(name) in _names_around(person):
        raise NameOfAnother


def remember_name(*, user: User, before: str, now: datetime) -> None:
    """`user` has a new name, which the caller saves, and was called `before` until now."""
    remember_former_name(user=user, text=before)
    current = NamePeriod.objects.filter(person=user, until=None).first()
    since = current.since if current else user.date_joined
    NamePeriod.objects.filter(person=user, until=None).delete()
    if before and now - since >= KNOWN_AFTER:
        NamePeriod.objects.create(person=user, name=before, since=since, until=now)
    NamePeriod.objects.create(person=user, name=user.name, since=now)


def remember_former_name(*, user: User, text: str) -> None:
    """Before a name or an address changes: frozen results and the trail still have it, and an erasure must find it."""
    if text and text not in user.former_names:
        user.former_names = [*user.former_names, text]
        user.save(update_fields=["former_names"])


def _names_around(person: User) -> Iterator[str]:
    """As they are compared: of members of the person's organisations, and of the other side of each engagement."""
    own = Membership.objects.filter(user=person).values("organisation")
    other_side = Q(organisation__engagements_as_client__consultancy__in=own) | Q(
        organisation__engagements_as_consultancy__client__in=own
    )
    around = Membership.objects.filter(Q(organisation__in=own) | other_side).exclude(user=person)
    return map(name_to_compare, around.order_by().values_list("user__name", flat=True).distinct())
