"""The role of web, worker and scheduler: it works, and can neither lift a guard nor change what is fixed."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg2 import sql

from accounts.database.roles import grant_application_role
from assessments.models import EditionRow

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="the embedded default has no roles"
    ),
]
PASSWORD = "four blue kettles"
ROLE = f"evenkeel_application_{os.getpid()}"

# What an attacker who runs SQL as the application would try first; {table} is one with guards.
REFUSED = {
    "lifting the guards of a table": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "dropping a guard": "DROP TRIGGER {trigger} ON {table}",
    "replacing a guard's function": "CREATE OR REPLACE FUNCTION public.fixed() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "guards off for a session": "SET session_replication_role = replica",
    "emptying a table": "TRUNCATE {table} CASCADE",
    "dropping a table": "DROP TABLE {table} CASCADE",
    "a new table": "CREATE TABLE public.mine (a int)",
    "a temporary table": "CREATE TEMPORARY TABLE mine (a int)",
    "a program": "COPY {table} TO PROGRAM 'id'",
    "a file of the server": "SELECT pg_read_file('/etc/passwd')",
    "password hashes of roles": "SELECT rolpassword FROM pg_authid",
    "the owner's rights": "SET ROLE {owner}",
    "more rights": "ALTER ROLE {role} SUPERUSER",
    "another role": "CREATE ROLE somebody SUPERUSER",
    "what migrations have run": "DELETE FROM django_migrations",
    "a changed edition": "UPDATE {table} SET text = 'Changed'",
    "a deleted edition": "DELETE FROM {table}",
    "a draft again": "UPDATE assessments_editionrow SET status = 'draft', published_at = NULL",
}


@pytest.fixture
def role(edition_row: EditionRow) -> Iterator[Any]:
    """A connection as the application's role."""
    grant_application_role(role=ROLE, password=PASSWORD)
    given = connection.get_connection_params()
    own = {name: given[name] for name in ("host", "port", "dbname", "database") if given.get(name)}
    line = psycopg2.connect(**own, user=ROLE, password=PASSWORD)
    line.autocommit = True
    yield line
    line.close()
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(ROLE)))
        cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(ROLE)))


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_what_it_cannot_do(role: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'assessments_questionrow'::regclass AND NOT tgisinternal"
        )
        trigger = cursor.fetchone()[0]
    names = {
        "trigger": sql.Identifier(trigger),
        "table": sql.Identifier("assessments_questionrow"),
        "owner": sql.Identifier(owner),
        "role": sql.Identifier(ROLE),
    }
    with (
        role.cursor() as cursor,
        pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.CheckViolation)),
    ):
        cursor.execute(sql.SQL(statement).format(**names))


def test_it_reads_and_writes_the_rows_of_every_model(role: Any) -> None:
    wanted = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    with role.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            found = set()
            for right in wanted | {"TRUNCATE", "TRIGGER", "REFERENCES"}:
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                found |= {right} if cursor.fetchone()[0] else set()
            assert found == wanted, table


def test_it_counts_keys(role: Any) -> None:
    with role.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assessments_editionrow "
            "(code, status, title, language, law_status_as_of, disclaimer, frame, version) "
            "VALUES ('mine', 'draft', 'Mine', 'en', '2026-11-30', 'None.', '{}', 1) RETURNING id"
        )
        assert cursor.fetchone()[0]
        cursor.execute("DELETE FROM assessments_editionrow WHERE code = 'mine'")
        assert cursor.rowcount == 1


def test_running_it_again_sets_the_password_and_nothing_else(role: Any) -> None:
    grant_application_role(role=ROLE, password="another long password")
    given = connection.get_connection_params()
    own = {name: given[name] for name in ("host", "port", "dbname", "database") if given.get(name)}
    psycopg2.connect(**own, user=ROLE, password="another long password").close()
    with role.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM assessments_editionrow")
        assert cursor.fetchone()[0] == 1


def test_the_owner_is_not_the_application(settings: LazySettings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    settings.APPLICATION_DATABASE_URL = f"postgres://{owner}:x@db/evenkeel"
    with pytest.raises(CommandError, match="another one than the owner"):
        call_command("grant_rights")


@pytest.mark.parametrize("url", ["", "postgres://db/evenkeel", "postgres://somebody@db/evenkeel"])
def test_a_url_without_a_role_or_password_is_refused(settings: LazySettings, url: str) -> None:
    settings.APPLICATION_DATABASE_URL = url
    with pytest.raises(CommandError, match="must name a role and its password"):
        call_command("grant_rights")
