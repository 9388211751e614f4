"""The roles of PostgreSQL: the owner, which only migrates, and one for each service, with the rights that it needs.

The owner of a table can lift its guards. The other roles read and write rows, and nothing else: the web server those of
every table, the worker those of its reports, the scheduler what it takes to delete what nobody needs any more and to
remind people of dates. Backups read all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

# What migrations fill in, and the application only reads; which migrations have run concerns the owner alone.
OF_MIGRATIONS = frozenset({"auth_permission", "django_content_type"})
OWNERS_ONLY = frozenset({"django_migrations"})
# Every server has these, and everybody may connect to them until somebody says otherwise.
MAINTENANCE_DATABASES = ("postgres", "template1")
# What the worker reads only in part. How people sign in is none of a report's business: a person's own data names
# devices and second steps, no secrets, and of a person all but the password.
READ_IN_PART: Mapping[str, tuple[str, ...]] = {
    "accounts_user": (
        *("id", "email", "name", "former_names", "is_active", "is_staff", "is_superuser", "edits_bank"),
        *("date_joined", "last_login", "mfa_declined_at", "erased_at"),
    ),
    "account_emailconfirmation": (),
    "accounts_signinlink": (),
    "accounts_erasureorder": (),
    "django_admin_log": (),
    "django_session": (),
    "mfa_authenticator": ("user_id", "type", "created_at", "last_used_at"),
    "usersessions_usersession": ("user_id", "created_at", "last_seen_at", "ip", "user_agent"),
    # Who has a link to a report is part of an organisation's data; the worker makes and changes none.
    "reports_sharelink": (
        *("id", "report_id", "label", "created_by_id", "created_at", "expires_at", "revoked_at", "views", "downloads"),
    ),
}
# What deleting writes down: what was deleted, what of it may leave a guarded table, that it happened, and when.
OF_DELETING = frozenset({"accounts_auditevent", "accounts_deletion", "accounts_erasuretext", "accounts_lastrun"})
# Who was reminded of which date: the row comes before the mail.
OF_REMINDING = frozenset({"assessments_actionreminder"})
TRAIL = "accounts_auditevent"
# What an erasure takes a person's texts out of. To empty an event also takes `actor` and `pseudonymised_at`, which is
# the scheduler's job: whoever speaks for the web server could make what they did there nobody's.
ERASED_FROM_THE_TRAIL = ("actor_email", "details", "ip_address", "organisation_name", "subject")
# Where a backup writes down that it was made.
OPERATOR_RECORDS = "accounts_operatorrecord"
# Large objects belong to no table: no guard, no term and no erasure would ever reach them.
LARGE_OBJECTS = ("lo_create(oid)", "lo_creat(integer)", "lo_from_bytea(oid, bytea)")
READ = frozenset({"SELECT"})
READ_AND_WRITE = READ | {"INSERT", "UPDATE", "DELETE"}
# What people write for reports: the worker prints it, and changes none of it.
OF_CONSULTANTS = frozenset({"reports_consultanttext", "reports_snippet"})
# What the worker deletes when its time is over.
OF_DOWNLOADS = frozenset(
    {
        *("reports_bundle", "reports_bundleitem", "reports_dataexport"),
        *("reports_portfoliofile", "reports_portfolioitem"),
    }
)
# What the worker makes, and the columns that it writes meanwhile. UPDATE of the whole table would let it lock everybody
# out of it, and UPDATE of a foreign key lock the row that it leads to: every person and every organisation.
OF_MAKING = frozenset({"reports_report", "reports_bundle", "reports_dataexport", "reports_portfoliofile"})
WRITTEN_BY_MAKING = (
    *("state", "token", "lease_until", "notified_at", "requested_at", "attempts", "lost_leases", "progress", "error"),
    *("file", "file_name", "sha256", "size", "ready_at", "step", "begun_at", "pages", "inside"),
)
MAKING = "UPDATE of what making a file writes"
# Of a hundred connections of the server: whoever has one service's password does not take those of the others.
CONNECTIONS_OF_A_HUNDRED: Mapping[str, int] = {"web": 50, "worker": 25, "scheduler": 10}
CONNECTIONS_OF_ANOTHER = 5

Rights = frozenset[str]


class NotTheOwner(Exception):
    """The present connection may not give rights; the message says what to do."""


def _web(table: str) -> Rights:
    if table == TRAIL:
        return READ | {"INSERT", f"UPDATE ({', '.join(ERASED_FROM_THE_TRAIL)})"}
    return READ_AND_WRITE


def _worker(table: str) -> Rights:
    if table in READ_IN_PART:
        columns = ", ".join(READ_IN_PART[table])
        return Rights({f"SELECT ({columns})"} if columns else ())
    if not table.startswith("reports_") or table in OF_CONSULTANTS:
        return READ
    return READ | ({MAKING} if table in OF_MAKING else set()) | ({"DELETE"} if table in OF_DOWNLOADS else set())


def _scheduler(table: str) -> Rights:
    return READ_AND_WRITE if table in OF_DELETING | OF_REMINDING else READ_AND_WRITE - {"INSERT"}


def _backup(table: str) -> Rights:
    return READ | {"INSERT"} if table == OPERATOR_RECORDS else READ


SERVICES: Mapping[str, Callable[[str], Rights]] = {
    "web": _web,
    "worker": _worker,
    "scheduler": _scheduler,
    "backup": _backup,
}


def rights_of(service: str, table: str) -> Rights:
    """What a service may do to the rows of a table."""
    if table in OWNERS_ONLY:
        return READ if service in ("web", "backup") else Rights()
    return READ if table in OF_MIGRATIONS else SERVICES[service](table)


def grant_service_roles(*, passwords: Mapping[str, str], prefix: str = "evenkeel") -> None:
    """Make the role of each service, or set its password, and give it exactly what it needs. Run after each migration.

    Call it as the owner of the database; raises NotTheOwner where that is not so.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        database, may = cursor.fetchone()
        if not may:
            raise NotTheOwner("Run this with the URL of the owner: its role makes other roles.")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [table for (table,) in cursor.fetchall()]
        columns, sequences = _columns(cursor), _sequences(cursor)
        cursor.execute("SELECT setting::int FROM pg_settings WHERE name = 'max_connections'")
        connections = cursor.fetchone()[0]
        cursor.execute("SELECT rolname FROM pg_roles")
        known = {role for (role,) in cursor.fetchall()}
        for service, password in passwords.items():
            role = role_name(service, prefix)
            verb = sql.SQL("ALTER" if role in known else "CREATE")
            most = CONNECTIONS_OF_A_HUNDRED.get(service, CONNECTIONS_OF_ANOTHER) * connections // 100
            for statement in (
                _role(verb, role, password, most),
                *_grants(service, role, database, tables, columns),
                *_counting(service, role, sequences),
            ):
                cursor.execute(statement)
        for statement in (*_closed_databases(cursor), *_no_large_objects(cursor)):
            cursor.execute(statement)
        if f"{prefix}_application" in known:
            # All services shared it once.
            former = sql.Identifier(f"{prefix}_application")
            cursor.execute(sql.SQL("DROP OWNED BY {}").format(former))
            cursor.execute(sql.SQL("DROP ROLE {}").format(former))


def role_name(service: str, prefix: str = "evenkeel") -> str:
    """The role in the database as which a service of Compose signs in."""
    return f"{prefix}_{service}"


def _closed_databases(cursor: CursorWrapper) -> list[sql.Composed]:
    """Those of maintenance, as far as the present role may close them; other databases are not ours to judge."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname = ANY(%s) "
        "AND has_database_privilege('public', oid, 'CONNECT') AND pg_has_role(datdba, 'USAGE')",
        [list(MAINTENANCE_DATABASES)],
    )
    revoke = sql.SQL("REVOKE CONNECT ON DATABASE {database} FROM PUBLIC")
    return [revoke.format(database=sql.Identifier(name)) for (name,) in cursor.fetchall()]


def _no_large_objects(cursor: CursorWrapper) -> list[sql.Composed]:
    """Nobody but a superuser makes one. An owner of the database who is none cannot see to that."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:
        return []
    revoke = "REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC"
    return [sql.SQL(revoke).format(function=sql.SQL(function)) for function in LARGE_OBJECTS]


def _columns(cursor: CursorWrapper) -> dict[str, list[str]]:
    cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, []).append(column)
    return found


def _sequences(cursor: CursorWrapper) -> list[tuple[str, str]]:
    """Each with the table whose keys it counts."""
    cursor.execute(
        "SELECT sequence.relname, owner.relname FROM pg_class AS sequence "
        "JOIN pg_depend ON objid = sequence.oid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'i') "
        "JOIN pg_class AS owner ON owner.oid = refobjid "
        "WHERE sequence.relkind = 'S' AND sequence.relnamespace = 'public'::regnamespace ORDER BY sequence.relname"
    )
    return [(sequence, table) for sequence, table in cursor.fetchall()]


def _counting(service: str, role: str, sequences: Iterable[tuple[str, str]]) -> list[sql.Composed]:
    """To count a table's keys, only where the service adds rows: whoever uses a sequence up ends that for everybody."""
    grant = sql.SQL("GRANT USAGE ON SEQUENCE {sequence} TO {role}")
    return [
        grant.format(sequence=sql.Identifier(sequence), role=sql.Identifier(role))
        for sequence, table in sequences
        if "INSERT" in rights_of(service, table)
    ]


def _role(verb: sql.SQL, role: str, password: str, connections: int) -> sql.Composed:
    return sql.SQL(
        "{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
        "CONNECTION LIMIT {connections} PASSWORD {password}"
    ).format(
        verb=verb,
        role=sql.Identifier(role),
        connections=sql.Literal(max(connections, 1)),
        password=sql.Literal(password),
    )


def _grants(
    service: str, role: str, database: str, tables: Iterable[str], columns: Mapping[str, Sequence[str]]
) -> list[sql.Composed]:
    names = {"role": sql.Identifier(role), "database": sql.Identifier(database)}
    statements = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "REVOKE ALL ON DATABASE {database} FROM {role}",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    )
    return [
        *(sql.SQL(statement).format(**names) for statement in statements),
        *(
            sql.SQL("GRANT {rights} ON {table} TO {role}").format(
                rights=sql.SQL(", ").join(_right(right, columns[table]) for right in sorted(rights)),
                table=sql.Identifier(table),
                role=names["role"],
            )
            for table in tables
            if (rights := rights_of(service, table))
        ),
    ]


def _right(right: str, columns: Sequence[str]) -> sql.Composable:
    if right != MAKING:
        return sql.SQL(right)
    written = [column for column in WRITTEN_BY_MAKING if column in columns]
    return sql.SQL("UPDATE ({})").format(sql.SQL(", ").join(map(sql.Identifier, written)))
