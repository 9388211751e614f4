"""Under which names a person was known, and where: decision 26. Only these are taken out of what others wrote.

People choose what they are called, so a name alone says nothing about whom a text means. What nobody can choose
afterwards is how long colleagues had it before their eyes.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, AuditKind, Membership, NamePeriod, User
from accounts.people_data.addresses import OwnAddresses
from accounts.people_data.without_text import words_of_name
from accounts.services.names import KNOWN_AFTER

Span = tuple[datetime, datetime]


def known_names(person: User, *, addresses: OwnAddresses, until: datetime) -> dict[str, frozenset[UUID]]:
    """Each full name that the person had for long enough, with the organisations in which they were called that for
    long enough. `until` is when they asked to be erased.
    """
    stays = stays_of(person, addresses=addresses, until=until)
    found: dict[str, set[UUID]] = {}
    for name, span in _names(person, until):
        if "@" not in name and is_full_name(name) and _overlap_long(span, span):
            places = (place for place, spans in stays.items() if any(_overlap_long(span, each) for each in spans))
            found.setdefault(name, set()).update(places)
    return {name: frozenset(places) for name, places in found.items()}


def is_full_name(name: str) -> bool:
    """Whether two of its words have letters: one word may be any word, and digits a telephone number."""
    return sum(any(character.isalpha() for character in word) for word in words_of_name(name)) >= 2


def stays_of(person: User, *, addresses: OwnAddresses, until: datetime) -> dict[UUID, list[Span]]:
    """From when to when the person was a member of which organisation, by the trail and the present memberships."""
    stays: dict[UUID, list[Span]] = {}
    joined: dict[UUID, datetime] = {}
    for place, kind, at, actor, subject in _comings_and_goings(person, addresses):
        if kind == AuditKind.JOINED:
            joined[place] = at
        elif place in joined or actor == person.pk or subject in addresses.proven:
            # When somebody joined may be so long ago that the trail has forgotten it.
            stays.setdefault(place, []).append((joined.pop(place, person.date_joined), at))
    for place, since in Membership.objects.filter(user=person).values_list("organisation", "created_at"):
        stays.setdefault(place, []).append((since, until))
    return stays


def _names(person: User, until: datetime) -> Iterator[tuple[str, Span]]:
    current = None
    for period in NamePeriod.objects.filter(person=person):
        if period.until is None:
            current = period
        else:
            yield period.name, (period.since, period.until)
    yield person.name, (current.since if current else person.date_joined, until)


def _comings_and_goings(person: User, addresses: OwnAddresses) -> "QuerySet[AuditEvent, Any]":
    """Organisation, kind, time, key of the actor and subject, in the order of time."""
    removed = Q(kind=AuditKind.REMOVED) | Q(kind=AuditKind.PERSON_CHANGED, details__after="removed")
    by_others = removed & Q(subject__in=addresses.proven | addresses.claimed)
    themselves = Q(kind__in=(AuditKind.JOINED, AuditKind.LEFT), actor=person.pk)
    events = AuditEvent.objects.filter(themselves | by_others, organisation__isnull=False).order_by("at", "pk")
    return events.values_list("organisation", "kind", "at", "actor", "subject")


def _overlap_long(one: Span, other: Span) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) >= KNOWN_AFTER
