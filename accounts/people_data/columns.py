"""Which columns can hold what somebody typed, and to which organisations a row belongs: read from the models."""

from collections.abc import Collection, Iterator
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.models import AuditEvent, ErasureText, Organisation, User

_TEXTS = (models.CharField, models.TextField, models.JSONField)
MOST_STEPS = 4
"""From a report over result, assessment and organisation."""

# Names and addresses of others, which may be the same words, codes that are chosen from a list, and what Django and its
# packages keep for themselves.
NOT_TYPED = frozenset(
    {
        "accounts.User",
        "accounts.ErasureText",
        "accounts.NamePeriod",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "auth.Permission",
        "contenttypes.ContentType",
        "sessions.Session",
    }
)
NOT_TYPED_COLUMNS = frozenset({"accounts.Invitation.email", "assessments.Assessment.preset"})


def typed_columns(model: type[models.Model]) -> list["models.Field[object, object]"]:
    """Columns that take any text; not keys, choices, and identities of other people."""
    if model._meta.label in NOT_TYPED:
        return []
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXTS)
        and not field.primary_key
        and not field.choices
        and f"{model._meta.label}.{field.name}" not in NOT_TYPED_COLUMNS
    ]


def models_with_texts() -> Iterator[type[models.Model]]:
    """Every model with such a column; of ours, of Django's and of its packages."""
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy and typed_columns(model):
            yield model


@cache
def organisation_paths(model: type[models.Model]) -> tuple[str, ...]:
    """Lookups from a row of the model to the organisations it belongs to; empty for what belongs to the whole site."""
    if model is Organisation:
        return ("pk",)
    if model is AuditEvent:
        return ("organisation",)
    return tuple(_paths(model, "", MOST_STEPS, frozenset({model})))


def own_paths(model: type[models.Model]) -> tuple[str, ...]:
    """Those to the organisations whose the row is. What a consultancy keeps about a client is not the client's."""
    return tuple(path for path in organisation_paths(model) if path.split("__")[-1] != "client")


def person_keys(model: type[models.Model]) -> list["models.ForeignKey[object, object]"]:
    """The model's foreign keys to people, without those of what is erased."""
    if model is ErasureText:
        return []
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]


def named_by_key(model: type[models.Model], person: User, *, but: Collection[str] = ()) -> Q:
    """Rows in which one of the keys to people, `but` these, is the person's; an empty Q where there is no such key."""
    return reduce(or_, (Q(**{key.name: person}) for key in person_keys(model) if key.name not in but), Q())


def _paths(model: type[models.Model], before: str, steps: int, seen: frozenset[type[models.Model]]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or not steps:
            continue
        target: Any = field.related_model
        if target is Organisation:
            yield f"{before}{field.name}"
        elif target is not User and target not in seen:
            yield from _paths(target, f"{before}{field.name}__", steps - 1, seen | {target})
