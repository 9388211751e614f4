"""The guards of the bank as of migration 0017: which bank an edition belongs to, and on what new assessments start."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from assessments.migrations._guards import (
    EDITION_COLUMNS,
    Guard,
    _edition_guards,
    _history_guards,
    _part_guards,
    guards_with_history,
    submitted_guards,
)

SHIPPED = "evenkeel"
COLUMNS = (*EDITION_COLUMNS, "bank_id")
VERBS = ("asked", "taken_back", "declined", "offered", "withdrawn")
"""What the history says of an edition that is published already."""

_EDITIONS, _CHOICES = "assessments_editionrow", "assessments_defaultbank"
_DEFAULT = (
    f"COALESCE((SELECT c.bank_id FROM {_CHOICES} c ORDER BY c.id DESC LIMIT 1), "  # noqa: S608 (constants of this module)
    f"(SELECT b.id FROM assessments_bank b WHERE b.slug = '{SHIPPED}'))"
)
_LAST = "New assessments need an edition to start on: offer another edition of this bank first."
_NONE = "New assessments cannot start on this bank: none of its editions is offered."
_CHOSEN = "Which bank was chosen cannot be changed. Choose again instead."


def bank_guards_before(vendor: str) -> list[Guard]:
    """As of migration 0003, without those of runs."""
    of_runs = {guard.name for guard in submitted_guards(vendor)}
    return [guard for guard in guards_with_history(vendor) if guard.name not in of_runs]


def offer_guards(vendor: str) -> list[Guard]:
    others = (
        f"EXISTS (SELECT 1 FROM {_EDITIONS} e WHERE e.bank_id = {{row}}.bank_id AND e.offered_at IS NOT NULL{{but}})"  # noqa: S608 (as above)
    )
    another = others.format(row="OLD", but=" AND e.id <> OLD.id")
    last = f"OLD.offered_at IS NOT NULL AND NEW.offered_at IS NULL AND OLD.bank_id = {_DEFAULT} AND NOT {another}"
    return [
        *_part_guards(),
        *_edition_guards(vendor, COLUMNS),
        *(guard for guard in guards_with_history(vendor) if guard.name == "guard_editionrow_retire"),
        *(_with_verbs(guard) for guard in _history_guards(vendor)),
        Guard("guard_editionrow_last_offered", _EDITIONS, "UPDATE", last, _LAST),
        Guard("guard_defaultbank_insert", _CHOICES, "INSERT", f"NOT {others.format(row='NEW', but='')}", _NONE),
        Guard("guard_defaultbank_update", _CHOICES, "UPDATE", "1 = 1", _CHOSEN),
        Guard("guard_defaultbank_delete", _CHOICES, "DELETE", "1 = 1", _CHOSEN),
    ]


def has_offers(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    """Whether the database is past migration 0017."""
    with schema_editor.connection.cursor() as cursor:
        columns = schema_editor.connection.introspection.get_table_description(cursor, _EDITIONS)
    return any(column.name == "bank_id" for column in columns)


def _with_verbs(guard: Guard) -> Guard:
    """Besides drafts, a published edition has new history where somebody offers or withdraws it."""
    if guard.event != "INSERT":
        return guard
    verbs = ", ".join(f"'{verb}'" for verb in VERBS)
    status = "(SELECT status FROM assessments_editionrow WHERE id = NEW.edition_id)"
    forbidden = f"NEW.edition_id IS NULL OR ({status} <> 'draft' AND NEW.verb NOT IN ({verbs}))"
    return Guard(guard.name, guard.table, guard.event, forbidden, guard.message)
