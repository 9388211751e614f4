"""Finds the address and the name of a person in everything that anybody typed, and puts a placeholder there."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import BooleanField, Case, F, Func, JSONField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import IContains

from accounts.models import AuditEvent, AuditKind, Engagement, Membership, Organisation, Role, User
from accounts.people_data.columns import models_with_texts, organisation_paths, person_keys, typed_columns
from accounts.people_data.without_text import text_probe

Changed = dict[str, set[Any]]
"""By the label of a model, the keys of the rows that lost something."""


class _Without(Func):
    function = "without_text"
    output_field: ClassVar[Any] = TextField()


class _WithoutInJson(Func):
    function = "without_text_json"
    output_field: ClassVar[Any] = JSONField()


class _Holds(Func):
    function = "holds_text"
    output_field: ClassVar[Any] = BooleanField()


class _HoldsInJson(_Holds):
    function = "holds_text_json"


def take_away(text: str, *, person: User, among: "QuerySet[Organisation] | None", bank: bool) -> Changed:
    """Replace the text everywhere, or in what belongs to `among` and to the person.

    `bank` says that the person edited the bank: then what belongs to no organisation, which is the site's, is looked at
    as a whole.
    """
    changed: Changed = {}
    for model in models_with_texts():
        rows = _within(model, among, person, bank=bank)
        if rows is None:
            continue
        keys = set(rows.order_by().filter(_held_by(model, text)).values_list("pk", flat=True))
        if keys:
            model._default_manager.filter(pk__in=keys).update(
                **{column.name: _replaced(column, text) for column in typed_columns(model)}
            )
            changed.setdefault(model._meta.label, set()).update(keys)
    return changed


def is_name_of_something_else(name: str, *, person: User, around: "QuerySet[Organisation]", bank: bool) -> bool:
    """Whether it is how an organisation is called that the person does not own, or words of the question bank.

    People choose what they are called. Whoever took such a name and left would take the words out of what others wrote
    and of what is frozen. `bank` says that the person edited the bank, which may then well name them.
    """
    owned = Membership.objects.filter(user=person, role=Role.OWNER).values("organisation")
    others = around.exclude(pk__in=owned)
    if others.filter(Q(_holds(Organisation._meta.get_field("name"), name))).exists():
        return True
    return not bank and any(
        model._default_manager.filter(_held_by(model, name)).exists()
        for model in models_with_texts()
        if model._meta.app_label in _OURS and not organisation_paths(model)
    )


def organisations_around(person: User, addresses: Collection[str]) -> "QuerySet[Organisation]":
    """Where the person was known: their organisations, past ones included, and the other side of each engagement.

    `addresses` are those that the person has proven: whose trail names another one does not know the person.
    """
    own = set(Membership.objects.filter(user=person).values_list("organisation", flat=True))
    own |= set(_in_the_trail(person, addresses)) | set(_where_they_acted(person))
    sides = Engagement.objects.filter(Q(consultancy__in=own) | Q(client__in=own)).values_list("consultancy", "client")
    return Organisation.objects.filter(pk__in=own.union(*sides))


def edited_the_bank(person: User) -> bool:
    """Whether rows that belong to no organisation say that the person did something with them.

    Not rows that are the person's own, such as what they chose about reminders: everybody has these.
    """
    if person.edits_bank or person.is_staff:
        return True
    return any(
        model._default_manager.filter(_acted(model, person)).exists()
        for model in apps.get_models()
        if model._meta.app_label in _OURS and not organisation_paths(model) and not _is_of_one_person(model)
    )


def _is_of_one_person(model: type[models.Model]) -> bool:
    """Whether there is nobody in its rows, or they go with the person whose they are."""
    return all(field.remote_field.on_delete is models.CASCADE for field in person_keys(model))


_OURS = ("assessments", "reports")
# What happens to members. Whoever was only invited may never have come.
_OF_MEMBERS = (
    AuditKind.JOINED,
    AuditKind.ROLE_CHANGED,
    AuditKind.REMOVED,
    AuditKind.LEFT,
    AuditKind.OWNERSHIP_HANDED_OVER,
)


def _in_the_trail(person: User, addresses: Collection[str]) -> "QuerySet[Any, Any]":
    named = Q(actor=person.pk) | Q(subject__in=addresses, kind__in=_OF_MEMBERS)
    events = AuditEvent.objects.filter(named, organisation__isnull=False)
    return events.order_by().values_list("organisation", flat=True)


def _where_they_acted(person: User) -> Iterator[UUID]:
    for model in apps.get_models():
        if person_keys(model):
            for path in organisation_paths(model):
                rows = model._default_manager.filter(_acted(model, person)).exclude(**{path: None})
                yield from rows.order_by().values_list(path, flat=True).distinct()


def _acted(model: type[models.Model], person: User) -> Q:
    acted = Q()
    for field in person_keys(model):
        acted |= Q(**{field.name: person})
    return acted


def _within(
    model: type[models.Model], among: "QuerySet[Organisation] | None", person: User, *, bank: bool
) -> "QuerySet[Any] | None":
    """None where nothing may be looked at."""
    rows: QuerySet[Any] = model._default_manager.all()
    paths = organisation_paths(model)
    if among is None or (bank and not paths):
        return rows
    belongs = Q()
    for path in paths:
        belongs |= Q(**{f"{path}__in": among.values("pk")})
    if model is AuditEvent:
        of_the_site = Q(organisation__isnull=True)
        belongs |= of_the_site if bank else of_the_site & (Q(actor=person.pk) | Q(subject=person.email))
    elif not paths and model._meta.app_label not in _OURS:
        # Everybody's sign-ins and devices are the site's; whoever is called like a browser has none but their own.
        belongs = _acted(model, person)
    return rows.filter(belongs) if belongs else None


def _held_by(model: type[models.Model], text: str) -> Q:
    held = Q()
    for column in typed_columns(model):
        held |= Q(_holds(column, text))
    return held


def _holds(column: "models.Field[Any, Any]", text: str) -> Func | Case:
    value, as_text = Value(text, output_field=TextField()), Cast(column.name, TextField())
    holds = _HoldsInJson(F(column.name), value) if isinstance(column, JSONField) else _Holds(as_text, value)
    probe = text_probe(text)
    if connection.vendor != "sqlite" or not probe.isascii():
        return holds
    # While SQLite searches, nobody else can write. What it finds by itself it need not hand to Python.
    return Case(When(IContains(as_text, probe), then=holds), default=Value(False))


def _replaced(column: "models.Field[Any, Any]", text: str) -> Func:
    value = Value(text, output_field=TextField())
    if isinstance(column, JSONField):
        return _WithoutInJson(F(column.name), value)
    without = _Without(Cast(column.name, TextField()), value)
    limit = _limit(column)
    return Substr(without, 1, limit) if limit else without


def _limit(column: "models.Field[Any, Any]") -> int | None:
    """The placeholder may be longer than the name: what then stands over is cut off."""
    limits = [column.max_length, *(getattr(each, "limit_value", None) for each in column.validators)]
    return min((each for each in limits if isinstance(each, int)), default=None)
