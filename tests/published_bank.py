"""The published bank of the test database: stored once per run, and restored cheaply after a flush."""

from django.db import connection, transaction
from django.utils import timezone

from assessments.bank.types import Edition
from assessments.models import (
    Bank,
    ChecklistItem,
    CitationRow,
    CoverageRow,
    DomainRow,
    DutyRow,
    EditionRow,
    GateRow,
    LevelRow,
    QuestionCitationRow,
    QuestionRow,
)
from assessments.services.editions import load_published
from tests.migrating import empty_tables

COPIES = "bank_copies"
# Each after the rows it refers to.
PARTS = tuple(
    model._meta.db_table
    for model in (
        DomainRow,
        CitationRow,
        ChecklistItem,
        QuestionRow,
        LevelRow,
        GateRow,
        DutyRow,
        QuestionCitationRow,
        CoverageRow,
    )
)
EDITIONS = EditionRow._meta.db_table
BANKS = Bank._meta.db_table


def store_bank(edition: Edition) -> None:
    """Publish the edition; on PostgreSQL also copy its rows to a schema that is never flushed."""
    load_published(edition=edition, now=timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {COPIES} CASCADE")
            cursor.execute(f"CREATE SCHEMA {COPIES}")
            for table in (BANKS, EDITIONS, *PARTS):
                cursor.execute(f"CREATE TABLE {COPIES}.{table} AS TABLE {table}")


def stored_bank(edition: Edition) -> EditionRow:
    """The row of the published edition, restored if a flush has deleted it, on PostgreSQL with the same keys."""
    row = EditionRow.objects.filter(code=edition.id).first()
    if row is None and connection.vendor == "postgresql":
        _put_back()
    elif row is None:
        load_published(edition=edition, now=timezone.now())
    return row or EditionRow.objects.get(code=edition.id)


def without_stored_bank() -> None:
    """An empty bank for the rest of this test, whether or not an earlier test stored the edition.

    PostgreSQL's TRUNCATE is undone with the test's transaction, and fires no row trigger that would refuse it.
    """
    if EditionRow.objects.exists() and connection.vendor == "sqlite":
        empty_tables()
    elif EditionRow.objects.exists():
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {EDITIONS} CASCADE")


@transaction.atomic
def _put_back() -> None:
    """As a draft first, because triggers refuse new rows in a published edition."""
    copies = f"{COPIES}.{EDITIONS}"
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, EDITIONS)]
        drafted = {"status": "'draft'", "published_at": "NULL", "offered_at": "NULL"}
        values = ", ".join(drafted.get(column, column) for column in columns)
        cursor.execute(f"INSERT INTO {BANKS} SELECT * FROM {COPIES}.{BANKS} ON CONFLICT DO NOTHING")  # noqa: S608
        cursor.execute(f"INSERT INTO {EDITIONS} ({', '.join(columns)}) SELECT {values} FROM {copies}")  # noqa: S608
        for table in PARTS:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {COPIES}.{table}")  # noqa: S608
        cursor.execute(
            f"UPDATE {EDITIONS} e SET status = c.status, published_at = c.published_at, offered_at = c.offered_at "  # noqa: S608
            f"FROM {copies} c WHERE e.id = c.id"
        )
