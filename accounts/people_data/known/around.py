"""Where a person was known, and who and what else there may be called like them."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, AuditKind, Engagement, Membership, Organisation, Role, User
from accounts.names import name_to_compare
from accounts.people_data.columns import models_with_texts, named_by_key, organisation_paths, person_keys
from accounts.people_data.texts import OURS, held_by, holds
from accounts.people_data.without_text import words_of_name

# What happens to members. Whoever was only invited may never have come.
_OF_MEMBERS = (
    AuditKind.JOINED,
    AuditKind.ROLE_CHANGED,
    AuditKind.REMOVED,
    AuditKind.LEFT,
    AuditKind.OWNERSHIP_HANDED_OVER,
)


def organisations_around(person: User, addresses: Collection[str]) -> "QuerySet[Organisation]":
    """Where the person was known: their organisations, past ones included, and the other side of each engagement.

    `addresses` are those that the person has proven: whose trail names another one does not know the person.
    """
    own = set(Membership.objects.filter(user=person).values_list("organisation", flat=True))
    own |= set(_in_the_trail(person, addresses)) | places_of(person)
    sides = Engagement.objects.filter(Q(consultancy__in=own) | Q(client__in=own)).values_list("consultancy", "client")
    return Organisation.objects.filter(pk__in=own.union(*sides))


def places_of(person: User) -> frozenset[UUID]:
    """The organisations in whose rows a key names the person."""
    return frozenset(_where_they_are_named(person))


def names_of_others(person: User, around: "QuerySet[Organisation]") -> frozenset[str]:
    """What everybody else in these organisations is or was called."""
    keys = {pk for pk in _people_in(frozenset(around.values_list("pk", flat=True))) if pk not in (None, person.pk)}
    people = User.objects.filter(pk__in=keys, erased_at=None).values_list("name", "former_names")
    return frozenset(name for present, former in people for name in (present, *former) if name)


def is_part_of_name(name: str, others: Collection[str]) -> bool:
    """Whether one of the others is called so, or so and more: Ann Lee would be taken out of Ann Lee Berg."""
    words = _spelt(name)
    return any(words in _spelt(other) for other in others)


def _spelt(name: str) -> str:
    return f" {' '.join(map(name_to_compare, words_of_name(name)))} "


def is_name_of_something_else(name: str, *, person: User, around: "QuerySet[Organisation]", bank: bool) -> bool:
    """Whether it is how an organisation is called that the person does not own, or words of the question bank.

    `bank` says that the person edited the bank, which may then well name them.
    """
    owned = Membership.objects.filter(user=person, role=Role.OWNER).values("organisation")
    others = around.exclude(pk__in=owned)
    if others.filter(Q(holds(Organisation._meta.get_field("name"), name))).exists():
        return True
    return not bank and any(
        model._default_manager.filter(held_by(model, name)).exists()
        for model in models_with_texts()
        if model._meta.app_label in OURS and not organisation_paths(model)
    )


def edited_the_bank(person: User) -> bool:
    """Whether rows that belong to no organisation say that the person did something with them.

    Not rows that are the person's own, such as what they chose about reminders: everybody has these.
    """
    if person.edits_bank or person.is_staff:
        return True
    return any(
        model._default_manager.filter(named_by_key(model, person)).exists()
        for model in apps.get_models()
        if model._meta.app_label in OURS and not organisation_paths(model) and not _is_of_one_person(model)
    )


def _is_of_one_person(model: type[models.Model]) -> bool:
    """Whether there is nobody in its rows, or they go with the person whose they are."""
    return all(field.remote_field.on_delete is models.CASCADE for field in person_keys(model))


def _in_the_trail(person: User, addresses: Collection[str]) -> "QuerySet[Any, Any]":
    named = Q(actor=person.pk) | Q(subject__in=addresses, kind__in=_OF_MEMBERS)
    events = AuditEvent.objects.filter(named, organisation__isnull=False)
    return events.order_by().values_list("organisation", flat=True)


def _where_they_are_named(person: User) -> Iterator[UUID]:
    for model, path in _rows_of_people():
        rows = model._default_manager.filter(named_by_key(model, person)).exclude(**{path: None})
        yield from rows.order_by().values_list(path, flat=True).distinct()


def _people_in(organisations: Collection[UUID]) -> Iterator[int | None]:
    for model, path in _rows_of_people():
        for key in person_keys(model):
            rows = model._default_manager.filter(**{f"{path}__in": organisations})
            yield from rows.order_by().values_list(key.attname, flat=True).distinct()


def _rows_of_people() -> Iterator[tuple[type[models.Model], str]]:
    """Models whose rows name people and belong to organisations, with each lookup to these."""
    for model in apps.get_models():
        if person_keys(model):
            for path in organisation_paths(model):
                yield model, path
