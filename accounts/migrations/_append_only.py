"""An append-only table: the database refuses to change or delete its rows or to empty it, whoever asks."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "accounts_auditevent"
REFUSED = "The audit trail cannot be changed."


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _drop(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def _create(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER guard_audit_{event.lower()} BEFORE {event} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            for event in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE FUNCTION guard_audit() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END $guard$",
        f"CREATE TRIGGER guard_audit_row BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION guard_audit()",
        f"CREATE TRIGGER guard_audit_truncate BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION guard_audit()",
    ]


def _drop(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER guard_audit_{event}" for event in ("update", "delete")]
    return [
        f"DROP TRIGGER guard_audit_truncate ON {TABLE}",
        f"DROP TRIGGER guard_audit_row ON {TABLE}",
        "DROP FUNCTION guard_audit()",
    ]
