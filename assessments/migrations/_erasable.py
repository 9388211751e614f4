"""The guards as of migration 0016: an erased person's texts can be taken away, and what is frozen is deleted whole.

A guard that refuses a change of a row lets `forgotten` through (accounts/migrations/_forgetting.py). What belongs to a
finished run is deleted only where the transaction says that the run or its organisation is deleted: as a row of
accounts_deletion. Nothing else deletes a result, an answer or what was said about it.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations._forgetting import ERASURES, SAFE, forgotten
from assessments.migrations._guards import (
    FINISHED,
    Guard,
    finished_guards,
)
from assessments.migrations._offers import bank_guards_before, has_offers, offer_guards

NOT_DELETED = "This result is frozen. It is deleted with its assessment and not otherwise."
PARTS = ("result", "answer", "comment", "answerreview", "assignment")
_RUN = "(SELECT r.organisation_id FROM assessments_assessment r WHERE r.id = {row})"
_DELETED = "EXISTS (SELECT 1 FROM accounts_deletion d WHERE d.key = {run} OR d.key = {organisation})"


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    for guard in _update_guards(schema_editor):
        _again(schema_editor, guard, f"({guard.forbidden}) AND NOT {forgotten(schema_editor, guard.table)}")
    for guard in _delete_guards(vendor):
        _execute(schema_editor, guard.create(vendor))
    if vendor == "postgresql":
        _fix_search_paths(schema_editor, SAFE)


def forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Also before any change to a guarded table, as `_guards.drop`; `allow` comes after it."""
    vendor = schema_editor.connection.vendor
    for guard in _delete_guards(vendor):
        _execute(schema_editor, guard.drop(vendor))
    for guard in _update_guards(schema_editor):
        _again(schema_editor, guard, guard.forbidden)
    if vendor == "postgresql":
        _fix_search_paths(schema_editor, "RESET search_path")


def _update_guards(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[Guard]:
    """Those on a row's texts. The guards of keys (`_key`) stay as they are: no erasure changes a key."""
    vendor = schema_editor.connection.vendor
    for guard in [*_bank_guards(schema_editor), *finished_guards(vendor)]:
        if guard.event == "UPDATE" and not guard.name.endswith(("_key", "_retire")):
            yield guard


def _bank_guards(schema_editor: BaseDatabaseSchemaEditor) -> list[Guard]:
    """As they are at this moment: migration 0017 puts others in place of those of migration 0003."""
    vendor = schema_editor.connection.vendor
    return offer_guards(vendor) if has_offers(schema_editor) else bank_guards_before(vendor)


def _delete_guards(vendor: str) -> Iterator[Guard]:
    for part in PARTS:
        run = "OLD.assessment_id"
        deleted = _DELETED.format(run=run, organisation=_RUN.format(row=run))
        finished = "1 = 1" if part == "result" else FINISHED.of_run_in("OLD")
        forbidden = f"{finished} AND NOT {deleted}"
        if part == "assignment":
            gone = f"EXISTS (SELECT 1 FROM {ERASURES} e WHERE e.person_id = OLD.assignee_id)"  # noqa: S608 (a table of ours)
            forbidden += f" AND NOT {gone}"
        yield Guard(f"guard_{part}_delete", f"assessments_{part}", "DELETE", forbidden, NOT_DELETED)


def _again(schema_editor: BaseDatabaseSchemaEditor, guard: Guard, forbidden: str) -> None:
    vendor = schema_editor.connection.vendor
    _execute(schema_editor, [*guard.drop(vendor), *replace(guard, forbidden=forbidden).create(vendor)])


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _fix_search_paths(schema_editor: BaseDatabaseSchemaEditor, setting: str) -> None:
    """A guard looks at the real tables, never at temporary ones of the same name that a connection made for itself."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = 'public' AND p.proname LIKE 'guard\\_%'"
        )
        functions = [name for (name,) in cursor.fetchall()]
    _execute(schema_editor, [f"ALTER FUNCTION {function} {setting}" for function in functions])
