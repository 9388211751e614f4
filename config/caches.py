"""The shared cache: what it may hold, and what counts while it is away.

JSON alone: Django's own caches store pickles, which run what they hold when they are read, and whoever can write to
Redis or to a table must not run code here. When Redis is gone, people still sign in.
"""

import json
import time
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import connections, router
from django.utils import timezone
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)

RETRY_AFTER = 5.0
# Beyond it, LocMemCache would forget counts of others at random.
MOST_KEYS = 100_000


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


class RedisOrMemory:
    """Django's client for Redis; while Redis is away, this process's own memory takes each command."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        self.redis = RedisCacheClient(servers, **options)
        self.memory = LocMemCache("while-redis-is-away", {"timeout": None, "max_entries": MOST_KEYS})

    def add(self, key: str, value: Any, timeout: int | None) -> Any:
        return self._ask("add", key, value, timeout)

    def get(self, key: str, default: Any) -> Any:
        return self._ask("get", key, default)

    def set(self, key: str, value: Any, timeout: int | None) -> Any:
        return self._ask("set", key, value, timeout)

    def touch(self, key: str, timeout: int | None) -> Any:
        return self._ask("touch", key, timeout)

    def delete(self, key: str) -> Any:
        return self._ask("delete", key)

    def get_many(self, keys: Collection[str]) -> Any:
        return self._ask("get_many", keys)

    def has_key(self, key: str) -> Any:
        return self._ask("has_key", key)

    def incr(self, key: str, delta: int) -> Any:
        return self._ask("incr", key, delta)

    def set_many(self, data: dict[str, Any], timeout: int | None) -> Any:
        return self._ask("set_many", data, timeout)

    def delete_many(self, keys: Collection[str]) -> Any:
        return self._ask("delete_many", keys)

    def clear(self) -> Any:
        self.memory.clear()
        return self._ask("clear")

    def _ask(self, command: str, *given: Any) -> Any:
        if outage.is_over():
            try:
                answer = getattr(self.redis, command)(*given)
            except RedisError as error:
                outage.begin(error)
            else:
                outage.end()
                return answer
        return getattr(self.memory, command)(*given)


class Outage:
    """Whether Redis is away, as far as this process knows: it is asked again only after RETRY_AFTER seconds."""

    def __init__(self) -> None:
        self.retry_at = 0.0

    def is_over(self) -> bool:
        return time.monotonic() >= self.retry_at

    def begin(self, error: Exception) -> None:
        if not self.retry_at:
            logger.warning("redis_away", error=type(error).__name__)
        self.retry_at = time.monotonic() + RETRY_AFTER

    def end(self) -> None:
        if self.retry_at:
            logger.info("redis_back")
            self.retry_at = 0.0


outage = Outage()


class PatientRedisCache(RedisCache):
    """Django's, for what may be forgotten but not fail: limits go on being limits while Redis is away.

    They then count in each process by itself, from nothing: at most so many times what they allow as there are
    processes, and nobody who signs in meets an error.
    """

    _class: Any

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = RedisOrMemory
