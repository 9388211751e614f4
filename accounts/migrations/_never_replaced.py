"""SQLite's OR REPLACE deletes a row of the audit trail and fires no other trigger: a new row must have a new key.

PostgreSQL has no such statement.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations._append_only import REFUSED, TABLE

NAME = "guard_audit_insert"


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        taken = f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"  # noqa: S608 (a table of ours)
        body = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        schema_editor.execute(f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} {taken} {body}", params=None)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {NAME}", params=None)
