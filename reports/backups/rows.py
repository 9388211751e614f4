"""Rows of a table as lines of JSON, the same whatever database they come from.

The first line names the table and its columns; every other line is a row, its values in the order of the columns.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

AT_ONCE = 2000
# Who is signed in where: people sign in again, and nobody who signed out is signed in by an old backup. What guests
# answered: it is promised to be gone after a day.
LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession", "assessments.guestcheck"})
ALL_BITS = 2**256


def models_with_tables(apps: Apps) -> dict[str, type[Model]]:
    """By label; tables between two models included."""
    models = apps.get_models(include_auto_created=True)
    return {each._meta.label_lower: each for each in models if each._meta.managed and not each._meta.proxy}


def stored_models(apps: Apps) -> dict[str, type[Model]]:
    """Those whose rows are in a backup."""
    return {label: each for label, each in models_with_tables(apps).items() if label not in LEFT_OUT}


def columns_of(model: type[Model]) -> list[str]:
    """Without those that the database works out itself."""
    return [field.attname for field in model._meta.concrete_fields if not field.generated]


def read_rows(model: type[Model], columns: Sequence[str]) -> Iterator[str]:
    """Lines of the table, in the order of its key; memory does not grow with their number."""
    rows = model._base_manager.order_by("pk").values_list(*columns)
    return (_line(list(row)) for row in rows.iterator(chunk_size=AT_ONCE))


def header(label: str, columns: Sequence[str]) -> str:
    """The first line of a table."""
    return _line({"table": label, "columns": list(columns)})


def columns_in(first_line: str, label: str) -> list[str]:
    """What `header` wrote. Raises ValueError if it is not that of this table."""
    found = json.loads(first_line)
    if found["table"] != label:
        raise ValueError(first_line)
    return list(found["columns"])


class RowsDigest:
    """Of many rows in any order: databases sort texts differently. `rows` counts them."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: str) -> None:
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line.encode()).digest())) % ALL_BITS

    def value(self) -> str:
        return f"{self._sum:064x}"


def digest_of_rows(lines: Iterable[str]) -> RowsDigest:
    digest = RowsDigest()
    for line in lines:
        digest.add(line)
    return digest


class RowWriter:
    """Adds rows to a table as they are: no default, no `auto_now`, nothing but the values of the lines."""

    def __init__(self, model: type[Model], columns: Sequence[str], connection: BaseDatabaseWrapper) -> None:
        by_name: dict[str, Field[Any, Any]] = {field.attname: field for field in model._meta.concrete_fields}
        self._fields = [by_name[column] for column in columns]
        self._connection = connection
        quote = connection.ops.quote_name
        names = ", ".join(quote(field.column) for field in self._fields if field.column)
        self._insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 (our own columns)
        self._places = f"({', '.join(['%s'] * len(self._fields))})"
        self._at_once = min(500, (connection.features.max_query_params or 30_000) // len(self._fields))

    def write(self, lines: Iterator[str]) -> None:
        with self._connection.cursor() as cursor:
            while batch := [self._values(line) for line in islice(lines, self._at_once)]:
                places = ", ".join([self._places] * len(batch))
                cursor.execute(self._insert + places, [value for row in batch for value in row])

    def _values(self, line: str) -> list[Any]:
        values = json.loads(line)
        pairs = zip(self._fields, values, strict=True)
        return [field.get_db_prep_save(field.to_python(value), self._connection) for field, value in pairs]


def _line(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> str:
    """What a field's `to_python` makes of it is the value again, to the microsecond."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"no backup knows how to store a {type(value).__name__}")
