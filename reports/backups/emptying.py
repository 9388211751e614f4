"""An empty database to restore into, and its guards out of the way while rows come back as they were.

Guards refuse what nobody may do later, such as a row in an edition that is published: a backup puts back exactly that.
"""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection
from django.db.models import Model

TAKEN_BY = ("accounts_user", "accounts_organisation")


def is_in_use() -> bool:
    """Whether anybody's data is in the database. Shipped editions of the bank are nobody's."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in tables & set(TAKEN_BY):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 (a constant)
            if cursor.fetchone():
                return True
    return False


def remove_tables() -> None:
    """All of them, with what they hold: for a database that `is_in_use` says no of."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    name = Path(connection.settings_dict["NAME"])
    connection.close()
    for suffix in ("", "-wal", "-shm", "-journal"):
        name.with_name(name.name + suffix).unlink(missing_ok=True)


@contextlib.contextmanager
def guards_lifted(models: Iterable[type[Model]]) -> Iterator[None]:
    """Call it in a transaction, as the owner of the tables: if it fails, the guards stand as before."""
    lifted = _lift_in_postgresql if connection.vendor == "postgresql" else _lift_in_sqlite
    with lifted([model._meta.db_table for model in models]):
        yield


@contextlib.contextmanager
def _lift_in_postgresql(tables: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid::regclass::text = ANY(%s)",
            [tables],
        )
        guards = cursor.fetchall()
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        yield
        # What refers to a row that is not there is refused here, before guards are altered again.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")


@contextlib.contextmanager
def _lift_in_sqlite(tables: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = [(name, statement) for name, table, statement in cursor.fetchall() if table in tables]
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in guards:
            cursor.execute(statement)
    connection.check_constraints(table_names=tables)
