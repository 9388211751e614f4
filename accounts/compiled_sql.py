"""Parts of a query that are the same for everybody but for the person, compiled once per process.

What a person is to an organisation takes the ORM several milliseconds of every request to put into SQL, and the
database well under one to answer.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.expressions import RawSQL

PLACEHOLDER_KEY = -1
"""Stands for the person's key while compiling: no row has it."""

QueryPart = Callable[[int, str], Any]


def compiled_for_person(model: type[Model], part: QueryPart, person: int | None, path: str) -> RawSQL:
    """`part(person, path)` as an annotation or a filter of a query on `model`.

    `part` has to give the same SQL for every person, and `path` to be a column of the model's own table.
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
