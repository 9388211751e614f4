"""Migrating the test database back and forth, with rows in it."""

from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def migrate(*targets: tuple[str, str]) -> Any:
    """Migrates to the targets; returns the app registry with the models as of then."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    if connection.vendor == "postgresql":
        let_tables_be_emptied()
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def newest(app: str) -> tuple[str, str]:
    """What the models of an app are like now: to read their rows, the tables must be so too."""
    leaf: tuple[str, str] = MigrationLoader(None).graph.leaf_nodes(app)[0]
    return leaf


def empty_tables() -> None:
    """Empties all tables, as Django does after the test; SQLite's triggers are dropped for that and created again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        call_command("flush", interactive=False, verbosity=0)
        for _, statement in guards:
            cursor.execute(statement)


def let_tables_be_emptied() -> None:
    """After tests that commit, Django empties every table; this disables the triggers that would refuse it."""
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
