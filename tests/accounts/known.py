"""People who were here for a while: an erasure takes only names out of others' texts that were known for some time."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Membership, NamePeriod, User
from accounts.services.names import rename_person


def here_for(person: User, days: int = 30) -> User:
    """As if the account, its memberships and the present name were that old."""
    began = timezone.now() - timedelta(days=days)
    User.objects.filter(pk=person.pk).update(date_joined=began)
    Membership.objects.filter(user=person).update(created_at=began)
    NamePeriod.objects.filter(person=person, until=None).update(since=began)
    person.date_joined = began
    return person


def called(person: User, *names: str, days: int = 30) -> User:
    """Who is here for a while had each of these names for so long, one after the other."""
    here_for(person, days)
    for name in names:
        rename_person(user=person, name=name)
        here_for(person, days)
    return person
