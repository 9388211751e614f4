"""A person's name and address put into every column that takes text, and looked for everywhere afterwards."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q

from accounts.models import Organisation
from accounts.people_data.columns import organisation_paths

NAME, EMAIL = "zoë o'quartz", "zq@ex.org"
# Small letters, because a tag takes no others.
TEXT = f"{NAME} {EMAIL}"
JSON = {"by": NAME, "text": f"line\n{TEXT}", "deeper": [{"text": TEXT.upper()}]}

Place = str


# Written by machines, or the identity of one person: the person's own rows hold the canaries from the start.
NOT_PLANTED = frozenset(
    {
        "accounts.ErasureText",
        "accounts.NamePeriod",
        "accounts.User",
        "account.EmailAddress",
        "auth.Permission",
        "contenttypes.ContentType",
        "sessions.Session",
        "mfa.Authenticator",
    }
)
# What a CHECK wants beside the text.
COMPANIONS: dict[str, dict[str, Any]] = {
    "assessments.Answer.reason": {"kind": "not_applicable", "level": None},
    "reports.ConsultantText.title": {"place": "step", "domain": ""},
    "assessments.Action.dropped_reason": {"state": "dropped", "finished_at": datetime(2026, 12, 1, tzinfo=UTC)},
    "assessments.Action.assignee_name": {"assignee": None},
    "assessments.ActionEvent.text": {"kind": "commented"},
    "assessments.StandingAnswer.reason": {"kind": "not_applicable", "level": None},
    "assessments.QuestionRow.first_step": {"effort": "S"},
    "assessments.EditionRow.withdrawn_reason": {"withdrawn_at": datetime(2026, 11, 30, tzinfo=UTC), "offered_at": None},
}
HASHES = frozenset(
    {"token_hash", "key_hash", "sha256", "fingerprint", "session_key", "key", "file", "taken_digest", "words_digest"}
)


def text_columns() -> Iterator[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """Of every model, without choices, hashes, keys, and what is too short."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            takes_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if model._meta.label in NOT_PLANTED or not takes_text or field.choices or field.primary_key:
                continue
            # The address of somebody else, and one of a list.
            if f"{model._meta.label}.{field.name}" in ("accounts.Invitation.email", "assessments.Assessment.preset"):
                continue
            if isinstance(field, models.SlugField):
                # Neither blanks nor an address, and what refers to a bank keeps its short name: a trigger.
                continue
            if field.name not in HASHES and (field.max_length or len(TEXT)) >= len(TEXT):
                yield model, field


def plant(organisations: Iterable[Organisation]) -> tuple[set[Place], set[Place]]:
    """Into one row of each model, past the guards. The places that took it, and those that refuse such a text."""
    planted, refused = set(), set()
    with guards_off():
        for model, field in text_columns():
            place = f"{model._meta.label}.{field.name}"
            value: object = JSON if isinstance(field, models.JSONField) else TEXT
            belongs = Q()
            for path in organisation_paths(model):
                belongs |= Q(**{f"{path}__in": [each.pk for each in organisations]})
            row = model._default_manager.filter(belongs).order_by("pk").first()
            assert row is not None, f"there is no {model._meta.label} to plant something in"
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**{field.name: value}, **COMPANIONS.get(place, {}))
                planted.add(place)
            except DatabaseError:
                refused.add(place)
    return planted, refused


def found(*texts: str) -> list[str]:
    """Tables, columns and files in which one of the texts stands, whatever its case."""
    wanted = [text.casefold() for text in texts]
    places = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a name from the schema)
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if any(text in _readable(value) for text in wanted):
                        places.append(f"{table}.{name}")
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file() and any(text.encode() in path.read_bytes().lower() for text in wanted):
            places.append(path.name)
    return places


@contextmanager
def guards_off() -> Iterator[None]:
    """Without triggers, as only the owner of the tables can."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for _name, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")


def _readable(value: object) -> str:
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("utf-8", "ignore").casefold()
    if isinstance(value, str) and value[:1] in '{["':
        with suppress(ValueError):
            value = json.loads(value)
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)).casefold()
