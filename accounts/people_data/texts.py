"""Finds the address and the name of a person in everything that anybody typed, and puts a placeholder there."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import BooleanField, Case, F, Func, JSONField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Contains, IContains

from accounts.models import AuditEvent, User
from accounts.people_data.columns import models_with_texts, named_by_key, organisation_paths, own_paths, typed_columns
from accounts.people_data.without_text import NAME_KEY, text_probe

OURS = ("assessments", "reports")
"""The apps whose rows without an organisation are the question bank's."""
_NOT_BY = ("asked", "assignee")
"""Keys of people for whom something is, and not by whom it is."""
_MOST_KEYS = 500

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


class _WithoutSignature(_WithoutInJson):
    function = "without_signature_json"


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where a text of a person is looked for: in all rows of `organisations`, and in rows that the person signed.

    With `bank` also in what belongs to no organisation, which is the site's.
    """

    organisations: frozenset[UUID]
    bank: bool


Texts = Mapping[str, SearchScope | None]
"""What is taken away, and where: without a scope everywhere."""
Rows = dict[type[models.Model], set[Any]]


def rows_with(texts: Texts, *, person: User) -> Rows:
    """The keys of all rows that hold one of the texts. It reads every text of the scopes, and can be done before
    anything is locked.
    """
    by_scope: dict[SearchScope | None, list[str]] = {}
    for text, scope in texts.items():
        by_scope.setdefault(scope, []).append(text)
    found: Rows = {}
    for model in models_with_texts():
        for scope, sought in by_scope.items():
            rows = _within(model, scope, person)
            if rows is not None:
                held = reduce(or_, (held_by(model, text) for text in sought))
                found.setdefault(model, set()).update(rows.order_by().filter(held).values_list("pk", flat=True))
    return {model: keys for model, keys in found.items() if keys}


def take_away(text: str, scope: SearchScope | None, *, person: User, rows: Rows, changed: Changed) -> None:
    """Replace the text in those of the rows that lie in its scope, and note in `changed` which they were."""
    for model, keys in rows.items():
        within = _within(model, scope, person)
        if within is None:
            continue
        columns = {column.name: _replaced(column, text) for column in typed_columns(model)}
        for some in batched(keys):
            held = set(within.order_by().filter(held_by(model, text), pk__in=some).values_list("pk", flat=True))
            _update(model, held, columns, changed)


def take_signatures(name: str, *, among: Collection[UUID], changed: Changed) -> None:
    """Replace the name where it stands as a signature in what these organisations have stored.

    A search for the signature as it is written costs little: it needs none before.
    """
    for model in models_with_texts():
        documents = [column for column in typed_columns(model) if isinstance(column, JSONField)]
        belongs = _belongs(own_paths(model), among)
        if not documents or not belongs:
            continue
        signed = reduce(or_, (Q(_signed_with(column, name)) for column in documents))
        keys = set(model._default_manager.order_by().filter(belongs).filter(signed).values_list("pk", flat=True))
        value = Value(name, output_field=TextField())
        columns = {column.name: _WithoutSignature(F(column.name), value) for column in documents}
        for some in batched(keys):
            _update(model, set(some), columns, changed)


def batched(keys: Collection[Any]) -> Iterator[list[Any]]:
    """SQLite takes only so many values in one statement."""
    everything = list(keys)
    for start in range(0, len(everything), _MOST_KEYS):
        yield everything[start : start + _MOST_KEYS]


def held_by(model: type[models.Model], text: str) -> Q:
    """Whether one of the columns of a row of the model holds the text."""
    return reduce(or_, (Q(holds(column, text)) for column in typed_columns(model)))


def holds(column: "models.Field[Any, Any]", text: str) -> Func | Case:
    """Whether the column of a row does."""
    value, as_text = Value(text, output_field=TextField()), Cast(column.name, TextField())
    found = _HoldsInJson(F(column.name), value) if isinstance(column, JSONField) else _Holds(as_text, value)
    probe = text_probe(text)
    if not probe.isascii():
        return found
    # What the database finds by itself, without a function of ours, it finds many times as fast.
    return Case(When(IContains(as_text, probe), then=found), default=Value(False))


def _within(model: type[models.Model], scope: SearchScope | None, person: User) -> "QuerySet[Any] | None":
    """None where nothing may be looked at."""
    rows: QuerySet[Any] = model._default_manager.all()
    paths = organisation_paths(model)
    if scope is None or (scope.bank and not paths):
        return rows
    belongs = _belongs(own_paths(model), scope.organisations)
    if model is AuditEvent:
        of_the_site = Q(organisation__isnull=True)
        belongs |= Q(actor=person.pk) | (of_the_site if scope.bank else of_the_site & Q(subject=person.email))
    elif paths or model._meta.app_label not in OURS:
        # Everybody's sign-ins and devices are the site's; whoever is called like a browser has none but their own.
        belongs |= named_by_key(model, person, but=_NOT_BY)
    return rows.filter(belongs) if belongs else None


def _belongs(paths: Collection[str], organisations: Collection[UUID]) -> Q:
    """Matches everything if there are no paths, as an empty Q does."""
    return reduce(or_, (Q(**{f"{path}__in": organisations}) for path in paths), Q())


def _update(model: type[models.Model], keys: set[Any], columns: Mapping[str, Func], changed: Changed) -> None:
    if keys:
        model._default_manager.filter(pk__in=keys).update(**columns)
        changed.setdefault(model._meta.label, set()).update(keys)


def _signed_with(column: "models.Field[Any, Any]", name: str) -> Contains:
    written = json.dumps(name, ensure_ascii=connection.vendor == "sqlite")
    return Contains(Cast(column.name, TextField()), f'"{NAME_KEY}": {written}')


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
