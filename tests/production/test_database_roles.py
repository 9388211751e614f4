"""The roles of web, worker and scheduler: each does its whole job, and can neither lift a guard nor do another's."""

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg2 import sql

from accounts.audit import Actor, record
from accounts.database.roles import OF_DELETING, OF_REMINDING, TRAIL, NotTheOwner, grant_service_roles, role_name
from accounts.models import AuditEvent, AuditKind, ErasureOrder, Organisation, RecordKind, Role, User
from accounts.operations.records import write_record
from accounts.own_terms.choices import CODES
from accounts.own_terms.services import choose_terms
from accounts.people_data.erasure import erase_person
from accounts.people_data.erasure_orders import order_erasure
from accounts.people_data.terms import NOTICE_BEFORE_DELETION
from accounts.people_data.without_text import FORMER_MEMBER
from accounts.services.retention import delete_outlived
from accounts.tasks import erase_ordered_person, notify_due_erasures
from assessments.actions.look_again import send_look_again
from assessments.actions.reminders import send_reminders
from assessments.models import Action, ActionReminder, Assessment, AssessmentState, EditionRow, Result
from reports import services, tasks
from reports.backups.making import make_backup
from reports.bundles.services import delete_outlived_bundles
from reports.data_exports.services import delete_outlived_exports, request_export
from reports.models import ReportState
from reports.portfolio.services import delete_outlived_portfolios, request_portfolio
from tests.access.site import make_site
from tests.accounts.known import here_for
from tests.factories import ConsultancyFactory, member
from tests.personas import OWNER
from tests.production.refused_statements import OTHERS, REFUSED
from tests.reports.clients import ask, result_of
from tests.runs import finish, give, scoped_run

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="the embedded default has no roles"
    ),
]
PASSWORD = "four blue kettles"
# Roles belong to the whole server, which other test runs use at the same time.
PREFIX = f"evenkeel_{os.getpid()}"
SERVICES = ("web", "worker", "scheduler", "backup")
PASSWORDS = dict.fromkeys(SERVICES, PASSWORD)


def connect(service: str, password: str = PASSWORD, **more: str) -> Any:
    given = connection.get_connection_params()
    own = {name: given[name] for name in ("host", "port", "dbname", "database") if given.get(name)}
    line = psycopg2.connect(**{**own, **more}, user=role_name(service, PREFIX), password=password)
    line.autocommit = True
    return line


@pytest.fixture
def roles(edition_row: EditionRow) -> Iterator[None]:
    grant_service_roles(passwords=PASSWORDS, prefix=PREFIX)
    yield
    with connection.cursor() as cursor:
        for service in SERVICES:
            role = sql.Identifier(role_name(service, PREFIX))
            cursor.execute(sql.SQL("DROP OWNED BY {}").format(role))
            cursor.execute(sql.SQL("DROP ROLE {}").format(role))


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest, roles: None) -> str:
    name: str = request.param
    return name


@pytest.fixture
def role(roles: None) -> Iterator[Any]:
    """A connection as the web server."""
    line = connect("web")
    yield line
    line.close()


@contextlib.contextmanager
def acting_as(service: str) -> Iterator[None]:
    """Everything that the application does in here, it does with the rights of this service."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role_name(service, PREFIX))))
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def refuses(cursor: Any, statement: Any) -> bool:
    """For want of a right, or because a guard stands there: a mistake in the statement is none of these."""
    try:
        cursor.execute(statement)
    except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.CheckViolation):
        return True
    return False


def test_what_none_of_them_can_do(service: str) -> None:
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
        "role": sql.Identifier(role_name(service, PREFIX)),
    }
    line = connect(service)
    with line.cursor() as cursor:
        for what, statement in REFUSED.items():
            assert refuses(cursor, sql.SQL(statement).format(**names)), f"{service} may do this: {what}"
    line.close()


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_they_connect_to_no_other_database(service: str, database: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        connect(service, dbname=database)


def test_what_is_anothers_job(service: str) -> None:
    line = connect(service)
    with line.cursor() as cursor:
        for statement in OTHERS[service]:
            assert refuses(cursor, statement), f"{service} may do this: {statement}"
    line.close()


def test_the_web_server_reads_and_writes_the_rows_of_every_model(role: Any) -> None:
    wanted = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    filled_in_by_migrations = {"auth_permission", "django_content_type"}
    with role.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            found = set()
            for right in wanted | {"TRUNCATE", "TRIGGER", "REFERENCES"}:
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                found |= {right} if cursor.fetchone()[0] else set()
            if table == TRAIL:
                assert found == {"SELECT", "INSERT"}
            else:
                assert found == ({"SELECT"} if table in filled_in_by_migrations else wanted), table


def test_the_web_server_takes_a_name_out_of_the_trail_and_empties_nothing(roles: None) -> None:
    """Who signs up anew with an address that nobody proved makes the web server erase a person."""
    site = make_site()
    person = here_for(member(site.business, Role.EDITOR, name="Zoe Quartz", email="zq@example.org"))
    mine = record(
        by=Actor(person, "192.0.2.7"), kind=AuditKind.JOINED, organisation=site.business, subject="Zoe Quartz"
    )
    with acting_as("web"):
        erase_person(person=person, by=Actor(None))
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEvent.objects.filter(pk=mine.pk).update(actor=None)
    event = AuditEvent.objects.get(pk=mine.pk)
    assert (event.subject, event.actor_email, event.ip_address) == (FORMER_MEMBER, FORMER_MEMBER, None)
    assert event.actor == person.pk


def test_the_scheduler_deletes_everything_that_is_over(roles: None) -> None:
    site = make_site()
    User.objects.filter(pk=site.person(OWNER).pk).update(last_login=timezone.now())
    later = timezone.now() + timedelta(days=3653)
    with acting_as("scheduler"):
        delete_outlived(now=later)
        delete_outlived(now=later + NOTICE_BEFORE_DELETION)
    assert not Organisation.objects.exists()


def test_the_scheduler_erases_people_and_deletes_results_whose_time_is_over(roles: None) -> None:
    site = make_site()
    owner, now = site.person(OWNER), timezone.now()
    person = member(site.business, Role.EDITOR)
    results = Result.objects.filter(assessment__organisation=site.business)
    assert results.exists()
    with acting_as("web"):
        order_erasure(person=person, by=Actor(person), now=now)
        chosen = {**dict.fromkeys(CODES), "results": 365}
        choose_terms(organisation=site.business, chosen=chosen, by=Actor(owner), now=now)
    with acting_as("scheduler"):
        notify_due_erasures()
        erase_ordered_person(ErasureOrder.objects.get().pk)
    assert User.objects.get(pk=person.pk).erased_at
    later = now + timedelta(days=800)
    User.objects.filter(pk=owner.pk).update(last_login=later)
    with acting_as("scheduler"):
        delete_outlived(now=later)
        delete_outlived(now=later + NOTICE_BEFORE_DELETION)
    assert Organisation.objects.filter(pk=site.business.pk).exists()
    assert not results.exists()


def test_the_scheduler_reminds_people_of_dates(roles: None, settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True
    site = make_site()
    now = timezone.now().replace(hour=9)
    Action.objects.update(due=now.date())
    with acting_as("scheduler"):
        assert send_reminders(now=now) == 1
        assert send_reminders(now=now) == 0
        delete_outlived(now=now + timedelta(days=100))
    assert site.action.assignee == site.person(OWNER)
    assert not ActionReminder.objects.exists()
    Assessment.objects.exclude(state=AssessmentState.FINISHED).delete()
    finished = Result.objects.order_by("-finished_at").values_list("finished_at", flat=True)[0]
    with acting_as("scheduler"):
        assert send_look_again(now=(finished + timedelta(days=95)).replace(hour=7)) >= 1


def test_the_worker_makes_and_deletes_its_files(roles: None) -> None:
    run = scoped_run()
    give(run, "ACCESS-02", 1)
    result = finish(run)
    person, now = result.finished_by, timezone.now()
    report = services.request_report(result=result, requested_by=person, language="en-gb", now=now)
    consultancy = ConsultancyFactory.create()
    bundle = ask(consultancy, [result_of(consultancy, "Bakery")], member(consultancy))
    portfolio = request_portfolio(
        consultancy=consultancy,
        clients={client.pk: client.name for client in Organisation.objects.filter(name="Bakery")},
        requested_by=bundle.requested_by,
        language="en-gb",
        day=now.date(),
        now=now,
    )
    exports = [
        request_export(organisation=of, requested_by=person, now=now) for of in (None, result.assessment.organisation)
    ]
    with acting_as("worker"):
        tasks.notify_due_reports()
        tasks.render_report(str(report.pk))
        for item in bundle.items.all():
            tasks.render_report(str(item.report_id))
        tasks.make_bundle(str(bundle.pk))
        tasks.make_portfolio(str(portfolio.pk))
        for export in exports:
            tasks.make_data_export(str(export.pk))
    for made in (report, bundle, portfolio, *exports):
        made.refresh_from_db()
        assert made.state == ReportState.READY, made
    later = timezone.now() + timedelta(days=3653)
    with acting_as("worker"):
        assert delete_outlived_bundles(now=later) == 1
        assert delete_outlived_portfolios(now=later) == 1
        assert delete_outlived_exports(now=later) == 2
        services.delete_orphan_files(now=later)


@pytest.mark.parametrize(
    "statement",
    [f"UPDATE reports_{what} = NULL" for what in ("report SET requested_by_id", "report SET result_id")]
    + [f"UPDATE reports_{what} = NULL" for what in ("bundle SET consultancy_id", "bundleitem SET report_id")]
    + ["SELECT id FROM accounts_user FOR KEY SHARE", "SELECT id FROM accounts_organisation FOR KEY SHARE"],
)
def test_the_worker_holds_nobody_and_gives_no_file_to_another(roles: None, statement: str) -> None:
    line = connect("worker")
    with line.cursor() as cursor:
        assert refuses(cursor, statement)
    line.close()


def test_a_backup_is_made_and_written_down(roles: None) -> None:
    make_site()
    with acting_as("backup"):
        manifest = make_backup(target=BytesIO(), recipients=[], clock=timezone.now)
        write_record(kind=RecordKind.BACKUP, happened_at=manifest.made_at, by=None)
    assert manifest.tables["accounts.user"].rows == User.objects.count()


def test_keys_are_counted_by_whoever_adds_rows_and_nobody_else(roles: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        sequences = [name for (name,) in cursor.fetchall()]
        usable: dict[str, set[str]] = {}
        for service in SERVICES:
            for name in sequences:
                cursor.execute("SELECT has_sequence_privilege(%s, %s, 'USAGE')", [role_name(service, PREFIX), name])
                if cursor.fetchone()[0]:
                    usable.setdefault(service, set()).add(name)
    assert set(usable) == {"web", "scheduler", "backup"}
    assert usable["backup"] == {"accounts_operatorrecord_id_seq"}
    assert "account_emailaddress_id_seq" in usable["web"] - usable["scheduler"]
    assert usable["scheduler"] == {f"{table}_id_seq" for table in OF_DELETING | OF_REMINDING} & set(sequences)


def test_nobody_takes_the_connections_of_the_others(roles: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(rolconnlimit), min(rolconnlimit), current_setting('max_connections')::int "
            "- current_setting('superuser_reserved_connections')::int FROM pg_roles WHERE rolname = ANY(%s)",
            [[role_name(service, PREFIX) for service in SERVICES]],
        )
        together, least, there = cursor.fetchone()
    assert 1 <= least < together < there


def test_it_counts_keys(role: Any) -> None:
    with role.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assessments_editionrow "
            "(bank_id, code, status, title, language, law_status_as_of, disclaimer, frame, version, withdrawn_reason) "
            "SELECT id, 'mine', 'draft', 'Mine', 'en', '2026-11-30', 'None.', '{}', 1, '' "
            "FROM assessments_bank RETURNING id"
        )
        assert cursor.fetchone()[0]
        cursor.execute("DELETE FROM assessments_editionrow WHERE code = 'mine'")
        assert cursor.rowcount == 1


def test_running_it_again_sets_the_password_and_nothing_else(role: Any) -> None:
    grant_service_roles(passwords=dict.fromkeys(SERVICES, "another long password"), prefix=PREFIX)
    connect("web", "another long password").close()
    with role.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM assessments_editionrow")
        assert cursor.fetchone()[0] == 1


def test_the_role_that_all_shared_once_is_gone(roles: None) -> None:
    with connection.cursor() as cursor:
        former = sql.Identifier(f"{PREFIX}_application")
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(former))
        cursor.execute(sql.SQL("GRANT ALL ON ALL TABLES IN SCHEMA public TO {}").format(former))
        grant_service_roles(passwords=PASSWORDS, prefix=PREFIX)
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [f"{PREFIX}_application"])
        assert cursor.fetchone()[0] == 0


def test_only_the_owner_gives_rights(roles: None) -> None:
    with acting_as("web"), pytest.raises(NotTheOwner):
        grant_service_roles(passwords=PASSWORDS, prefix=PREFIX)


@pytest.mark.parametrize("missing", SERVICES)
def test_a_role_without_a_password_is_refused(settings: LazySettings, missing: str) -> None:
    settings.ROLE_PASSWORDS = {**PASSWORDS, missing: ""}
    with pytest.raises(CommandError, match=f"{missing.upper()}_DATABASE_PASSWORD is missing"):
        call_command("grant_rights")
