"""What an erasure may take out of frozen rows: an address that waits to be confirmed is nobody's yet."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations._forgetting import _FOREIGN, ERASURES, REFUSED, SAFE

_TYPED = "a.user_id = NEW.person_id AND a.email = NEW.text"
_PROVEN = f"{_TYPED} AND a.verified"


def refuse_unproven(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _guard(schema_editor, _FOREIGN.replace(_TYPED, _PROVEN))


def guard_as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _guard(schema_editor, _FOREIGN)


def _guard(schema_editor: BaseDatabaseSchemaEditor, foreign: str) -> None:
    if schema_editor.connection.vendor != "sqlite":
        foreign = foreign.format(elements="jsonb_array_elements_text")
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION guard_erasure() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $guard$ BEGIN "
            f"IF {foreign} THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; "
            "END $guard$",
            params=None,
        )
        return
    for event in ("INSERT", "UPDATE"):
        name = f"guard_erasure_{event.lower()}"
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {ERASURES} WHEN {foreign.format(elements='json_each')} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
            params=None,
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0021_events_of_quick_checks"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunPython(refuse_unproven, guard_as_before)]
