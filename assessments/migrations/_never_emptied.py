"""Row guards do not see TRUNCATE: tables with what is published, frozen or on record refuse it as a whole.

PostgreSQL alone: SQLite has no TRUNCATE, and its row guards see a DELETE of everything.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = (
    "editionrow",
    "domainrow",
    "citationrow",
    "checklistitem",
    "questionrow",
    "levelrow",
    "gaterow",
    "dutyrow",
    "questioncitationrow",
    "coveragerow",
    "bankchange",
    "result",
    "answer",
)
FUNCTION = "guard_never_emptied"
REFUSED = "This table holds what is published, frozen or on record, and is never emptied."


LATER_TABLES = ("defaultbank",)
"""As of migration 0017."""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    raise_it = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'"
    statements = [
        f"CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {raise_it}; END $guard$"
    ]
    statements += [_trigger(table) for table in TABLES]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {FUNCTION} ON assessments_{table}", params=None)
    schema_editor.execute(f"DROP FUNCTION {FUNCTION}()", params=None)


def guard_later(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in LATER_TABLES:
            schema_editor.execute(_trigger(table), params=None)


def _trigger(table: str) -> str:
    return f"CREATE TRIGGER {FUNCTION} BEFORE TRUNCATE ON assessments_{table} EXECUTE FUNCTION {FUNCTION}()"
