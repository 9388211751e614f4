"""The guards of the trail and of looks as of migration 0012: as before, but personal data can be taken away."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations import _append_only, _never_replaced, _unchanging
from accounts.migrations._forgetting import ERASURES, SAFE, forgotten, same

TRAIL, BRAND = _append_only.TABLE, _unchanging.TABLE
KEPT = ("id", "at", "kind", "organisation", "organisation_name")
"""What stays of an old event that is pseudonymised."""
_EMPTIED = """NEW.actor IS NULL AND NEW.actor_email = '' AND NEW.subject = '' AND NEW.ip_address IS NULL
  AND NEW.details = '{}' AND OLD.pseudonymised_at IS NULL AND NEW.pseudonymised_at IS NOT NULL"""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the place of the guards that `guard_before` makes."""
    trail = f"{_old_event_emptied(schema_editor)} OR {_person_forgotten(schema_editor)}"
    looks = forgotten(schema_editor, BRAND)
    create = _on_sqlite if schema_editor.connection.vendor == "sqlite" else _on_postgresql
    for statement in create(trail, looks):
        schema_editor.execute(statement, params=None)
    _never_replaced.guard(apps, schema_editor)


def guard_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The guards as they were up to migration 0011."""
    _append_only.guard(apps, schema_editor)
    _unchanging.guard(apps, schema_editor)
    _never_replaced.guard(apps, schema_editor)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Both have the same names."""
    _never_replaced.release(apps, schema_editor)
    _unchanging.release(apps, schema_editor)
    _append_only.release(apps, schema_editor)


def _old_event_emptied(schema_editor: BaseDatabaseSchemaEditor) -> str:
    return "(" + " AND ".join([*(same(schema_editor, column) for column in KEPT), _EMPTIED]) + ")"


def _person_forgotten(schema_editor: BaseDatabaseSchemaEditor) -> str:
    """The person's texts go from every event; from their own events the network address goes as well."""
    own = f"EXISTS (SELECT 1 FROM {ERASURES} AS own WHERE own.person_id = OLD.actor)"  # noqa: S608 (a table of ours)
    address = f"({same(schema_editor, 'ip_address')} OR (NEW.ip_address IS NULL AND {own}))"
    return f"({forgotten(schema_editor, TRAIL, but='ip_address')} AND {address})"


def _on_sqlite(trail: str, looks: str) -> list[str]:
    refuse_trail = f"BEGIN SELECT RAISE(ABORT, '{_append_only.REFUSED}'); END"
    refuse_looks = f"BEGIN SELECT RAISE(ABORT, '{_unchanging.REFUSED}'); END"
    return [
        f"CREATE TRIGGER guard_audit_update BEFORE UPDATE ON {TRAIL} WHEN NOT ({trail}) {refuse_trail}",
        f"CREATE TRIGGER guard_audit_delete BEFORE DELETE ON {TRAIL} {refuse_trail}",
        f"CREATE TRIGGER guard_brand BEFORE UPDATE ON {BRAND} WHEN NOT ({looks}) {refuse_looks}",
    ]


def _on_postgresql(trail: str, looks: str) -> list[str]:
    return [
        _function("guard_audit", trail, _append_only.REFUSED),
        f"CREATE TRIGGER guard_audit_row BEFORE UPDATE OR DELETE ON {TRAIL} FOR EACH ROW EXECUTE FUNCTION guard_audit()",
        f"CREATE TRIGGER guard_audit_truncate BEFORE TRUNCATE ON {TRAIL} EXECUTE FUNCTION guard_audit()",
        _function("guard_brand", looks, _unchanging.REFUSED),
        f"CREATE TRIGGER guard_brand BEFORE UPDATE ON {BRAND} FOR EACH ROW EXECUTE FUNCTION guard_brand()",
    ]


def _function(name: str, allowed: str, refused: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $guard$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{refused}' USING ERRCODE = 'check_violation'; END $guard$"
    )
