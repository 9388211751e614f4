"""Two roles of PostgreSQL: the owner, which only migrates, and the one that web, worker and scheduler use.

The owner of a table can lift its guards. The other role can read and write rows, and nothing else.
"""

from django.db import connection
from psycopg2 import sql

# Only the owner changes what migrations have run.
OWNERS_ONLY = ("django_migrations",)


class NotTheOwner(Exception):
    """The present connection may not give rights; the message says what to do."""


def grant_application_role(*, role: str, password: str) -> None:
    """Make the role, or set its password, and give it exactly what the application needs. Run after each migration.

    Call it as the owner of the database. Raises NotTheOwner where that is not so, ValueError for the owner's own name.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_database(), rolcreaterole OR rolsuper FROM pg_roles "
            "WHERE rolname = current_user"
        )
        owner, database, may = cursor.fetchone()
        if role == owner:
            raise ValueError("The application's role must be another one than the owner's.")
        if not may:
            raise NotTheOwner("Run this with the URL of the owner: its role makes other roles.")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        for statement in (_role(verb, role, password), *_rights(role, database)):
            cursor.execute(statement)


def _role(verb: sql.SQL, role: str, password: str) -> sql.Composed:
    return sql.SQL(
        "{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {password}"
    ).format(verb=verb, role=sql.Identifier(role), password=sql.Literal(password))


def _rights(role: str, database: str) -> list[sql.Composed]:
    names = {"role": sql.Identifier(role), "database": sql.Identifier(database)}
    statements = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "REVOKE ALL ON DATABASE {database} FROM {role}",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {{role}}" for table in OWNERS_ONLY),
    )
    return [sql.SQL(statement).format(**names) for statement in statements]
