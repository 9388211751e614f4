"""A table whose rows are added, and deleted with their consultancy; the database refuses to change them."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "accounts_brand"
REFUSED = "A look cannot be changed; a new one is added."


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _create(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _drop(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def _create(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"CREATE TRIGGER guard_brand BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"]
    return [
        "CREATE FUNCTION guard_brand() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END $guard$",
        f"CREATE TRIGGER guard_brand BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION guard_brand()",
    ]


def _drop(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return ["DROP TRIGGER guard_brand"]
    return [f"DROP TRIGGER guard_brand ON {TABLE}", "DROP FUNCTION guard_brand()"]
