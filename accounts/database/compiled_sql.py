"""Queries, and parts of queries, that differ only in a few values: compiled to SQL once per process.

For what a person is to an organisation, the ORM would take several milliseconds of every request to compile the SQL;
the database answers it in well under one.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

PLACEHOLDER_KEY = -1
"""Stands in for the person's key while compiling: no row has it."""
SOME_ROW, SOME_ORGANISATION = UUID(int=2**128 - 1), UUID(int=2**128 - 2)
SOME_TEXT = "a stand-in for a text"
"""Stand in likewise for a row's key, its organisation's key, and a text."""

QueryPart = Callable[[int, str], Any]
Value = int | UUID | str
Rows = TypeVar("Rows")


class PreparedQuery(Generic[Rows]):
    """A query that is compiled once. `build` returns it with stand-ins as values, and must not branch on them."""

    def __init__(self, build: Callable[[], QuerySet[Any, Rows]]) -> None:
        self._build = build

    def __call__(self, values: Mapping[Value, Value]) -> list[Rows]:
        """The rows for these values; each key of the mapping is the stand-in that its value replaces."""
        query, compiler, sql, parameters, converters = self._compiled
        given = {_stored(stand_in): _stored(value) for stand_in, value in values.items()}
        filled = tuple(given.get(parameter, parameter) for parameter in parameters)
        # The ORM runs the query as usual, with the SQL at hand. A copy, because a connection belongs to one thread.
        prepared = copy(compiler)
        prepared.connection = connections[DEFAULT_DB_ALIAS]
        prepared.as_sql = lambda *_, **__: (sql, filled)
        prepared.get_converters = lambda *_: converters
        rows = query.all()
        rows.query.get_compiler = lambda *_, **__: prepared  # type: ignore[method-assign]
        return list(rows)

    @cached_property
    def _compiled(self) -> tuple[QuerySet[Any, Rows], Any, str, tuple[Any, ...], dict[int, Any]]:
        query = self._build()
        compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return query, compiler, sql, tuple(parameters), converters


def compiled_for_person(model: type[Model], part: QueryPart, person: int | None, path: str) -> RawSQL:
    """`part(person, path)` as an annotation or a filter of a query on `model`.

    `part` must give the same SQL for every person, and `path` must be a column of the model's own table.
    """
    sql, parameters, output_field = _compiled(model, part, path)
    of_person = [person if each == PLACEHOLDER_KEY else each for each in parameters]
    return RawSQL(sql, of_person, output_field)  # noqa: S611 (what the ORM compiled, with parameters)


@lru_cache(maxsize=32)
def _compiled(model: type[Model], part: QueryPart, path: str) -> tuple[str, tuple[Any, ...], Any]:
    query = model._default_manager.order_by().annotate(part=part(PLACEHOLDER_KEY, path)).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.pre_sql_setup()
    expression = query.annotations["part"]
    sql, parameters = compiler.compile(expression)
    return sql, tuple(parameters), expression.output_field


def _stored(value: Value) -> object:
    """The value as this database stores it."""
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value
