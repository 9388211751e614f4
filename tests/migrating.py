"""Migrating the test database to and fro, with rows in it."""

from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(*targets: tuple[str, str]) -> Any:
    """The models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    if connection.vendor == "postgresql":
        let_tables_be_emptied()
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def empty_tables() -> None:
    """What Django does after the test, but on SQLite the guards against deletion cannot stand aside: they come back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        call_command("flush", interactive=False, verbosity=0)
        for _, statement in guards:
            cursor.execute(statement)


def let_tables_be_emptied() -> None:
    """Between tests that commit, Django empties every table at once: the guards against that stand aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 > 0"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


def newest_migrations() -> list[tuple[str, str]]:
    """The last migration of every app."""
    leaves: list[tuple[str, str]] = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return leaves
