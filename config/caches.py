"""What the shared cache may hold: JSON. Whoever can write to Redis or to a table must not run code here.

Django's own caches store pickles, which run what they hold when they are read.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone


class JsonSerializer:
    """For Django's RedisCache, in place of pickle, which runs what it reads. Whole numbers stay countable by Redis."""

    def __init__(self, protocol: int | None = None) -> None:
        """`protocol` is pickle's; Django passes it to every serializer."""

    def dumps(self, value: Any) -> int | bytes:
        if type(value) is int:
            return value
        return json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        """None, as if it were not there, for what is not JSON."""
        try:
            return json.loads(stored)
        except (TypeError, ValueError):
            return None


class JsonDatabaseCache(DatabaseCache):
    """Django's DatabaseCache with JSON in its table."""

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        stored = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not stored:
            return {}
        connection = connections[router.db_for_read(self.cache_model_class)]
        marks = ", ".join(["%s"] * len(stored))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {self._quoted(connection)} "  # noqa: S608 (the table's name is ours)
                f"WHERE cache_key IN ({marks}) AND expires >= %s",
                [*stored, self._moment(connection, timezone.now())],
            )
            rows = cursor.fetchall()
        return {stored[key]: value for key, text in rows if (value := JsonSerializer().loads(text)) is not None}

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """`add` takes the place of what is over, and of nothing else; `touch` changes the time alone."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        table, now = self._quoted(connection), timezone.now().replace(microsecond=0)
        expires = self._moment(connection, self._end(timeout))
        moment = self._moment(connection, now)
        with connection.cursor() as cursor:
            if mode == "touch":
                cursor.execute(
                    f"UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires >= %s",  # noqa: S608 (as above)
                    [expires, key, moment],
                )
                return bool(cursor.rowcount)
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 (as above)
            if cursor.fetchone()[0] > self._max_entries:
                self._cull(connection.alias, cursor, now, self._max_entries + 1)  # type: ignore[attr-defined]
            only_what_is_over = f" WHERE {table}.expires < %s" if mode == "add" else ""
            cursor.execute(
                f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608 (as above)
                f"ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
                f"{only_what_is_over}",
                [key, json.dumps(value), expires, *([moment] if mode == "add" else [])],
            )
            return bool(cursor.rowcount)

    def _end(self, timeout: Any) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return datetime.max.replace(tzinfo=UTC) if seconds is None else datetime.fromtimestamp(int(seconds), tz=UTC)

    def _quoted(self, connection: Any) -> str:
        quoted: str = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]
        return quoted

    def _moment(self, connection: Any, moment: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0))
