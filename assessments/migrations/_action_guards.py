"""The guards as of migration 0021: what happened to an action is added to, and neither changed nor deleted.

An erased person's texts can be taken away, and with the organisation all of it goes. A later migration that changes the
table releases the guards first and puts them up again at its end: SQLite makes such a table anew.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations._forgetting import SAFE, forgotten

TABLE = "assessments_actionevent"
NAME = "guard_actionevent"
REFUSED = "What happened to an action cannot be changed."
_DELETED = (
    "EXISTS (SELECT 1 FROM accounts_deletion d "
    "JOIN assessments_action a ON a.organisation_id = d.key WHERE a.id = OLD.action_id)"
)


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    changed = forgotten(schema_editor, TABLE)
    create = _on_sqlite if schema_editor.connection.vendor == "sqlite" else _on_postgresql
    for statement in create(changed):
        schema_editor.execute(statement, params=None)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER {NAME}_{event}" for event in ("insert", "update", "delete")]
    else:
        statements = [
            f"DROP TRIGGER {NAME}_truncate ON {TABLE}",
            f"DROP TRIGGER {NAME}_row ON {TABLE}",
            f"DROP FUNCTION {NAME}()",
        ]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _on_sqlite(changed: str) -> list[str]:
    """A row that takes the place of another by OR REPLACE fires no trigger but that of its insertion."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    taken = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"  # noqa: S608 (a table of ours)
    return [
        f"CREATE TRIGGER {NAME}_insert BEFORE INSERT ON {TABLE} WHEN {taken} {refuse}",
        f"CREATE TRIGGER {NAME}_update BEFORE UPDATE ON {TABLE} WHEN NOT ({changed}) {refuse}",
        f"CREATE TRIGGER {NAME}_delete BEFORE DELETE ON {TABLE} WHEN NOT ({_DELETED}) {refuse}",
    ]


def _on_postgresql(changed: str) -> list[str]:
    return [
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $guard$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {changed} THEN RETURN NEW; END IF; END IF; "
        f"IF TG_OP = 'DELETE' THEN IF {_DELETED} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END $guard$",
        f"CREATE TRIGGER {NAME}_row BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        f"CREATE TRIGGER {NAME}_truncate BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION {NAME}()",
    ]
