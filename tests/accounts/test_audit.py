"""The audit trail: written together with the change, read by organisation, and never changed afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.audit import Actor, DoneTooOften, audit_trail_of, record, record_for_all
from accounts.models import AuditEvent, AuditKind
from accounts.people_data.organisations import rename_organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
TABLE = AuditEvent._meta.db_table


@pytest.fixture
def event() -> AuditEvent:
    organisation = OrganisationFactory.create(name="Boulangerie")
    return record(
        by=Actor(member(organisation, email="ann@example.org"), "192.0.2.7"),
        kind=AuditKind.ROLE_CHANGED,
        organisation=organisation,
        subject="bo@example.org",
        before="viewer",
        after="editor",
    )


def test_who_whom_what_and_from_where(event: AuditEvent) -> None:
    event.refresh_from_db()
    assert (event.actor_email, event.ip_address, event.subject) == ("ann@example.org", "192.0.2.7", "bo@example.org")
    assert event.details == {"before": "viewer", "after": "editor"}
    assert event.organisation_name == "Boulangerie"


def test_what_the_operator_did_names_no_person() -> None:
    event = record(by=Actor(None), kind=AuditKind.SIGN_IN_LINK_MADE, subject="x" * 400)
    assert (event.actor, event.actor_email, event.organisation, event.ip_address) == (None, "", None, None)
    assert len(event.subject) == 300


def test_the_trail_is_of_one_organisation_newest_first(event: AuditEvent) -> None:
    organisation, other = OrganisationFactory.create(), OrganisationFactory.create()
    by = Actor(UserFactory.create())
    record(by=by, kind=AuditKind.LEFT, organisation=other)
    mine = [record(by=by, kind=kind, organisation=organisation) for kind in (AuditKind.INVITED, AuditKind.JOINED)]
    assert list(audit_trail_of(organisation)) == mine[::-1]


def test_the_trail_outlives_the_organisation_and_the_person() -> None:
    organisation, person = OrganisationFactory.create(), UserFactory.create()
    event = record(by=Actor(person), kind=AuditKind.LEFT, organisation=organisation)
    organisation.delete()
    person.delete()
    assert AuditEvent.objects.get(pk=event.pk).actor_email == event.actor_email


def _save(event: AuditEvent) -> None:
    event.subject = "somebody else"
    event.save()


def _sql(statement: str) -> Callable[[AuditEvent], None]:
    def run(event: AuditEvent) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=TABLE, pk=event.pk))

    return run


WAYS: dict[str, Callable[[AuditEvent], object]] = {
    "save": _save,
    "delete": lambda event: event.delete(),
    "update": lambda event: AuditEvent.objects.update(subject=""),
    "bulk update": lambda event: AuditEvent.objects.bulk_update([event], ["subject"]),
    "delete all": lambda event: AuditEvent.objects.all().delete(),
    "raw update": _sql("UPDATE {table} SET at = NULL WHERE id = {pk}"),
    "raw delete": _sql("DELETE FROM {table} WHERE id = {pk}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_changes_the_trail(event: AuditEvent, way: str) -> None:
    before = AuditEvent.objects.values().get(pk=event.pk)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        WAYS[way](event)
    assert AuditEvent.objects.values().get(pk=event.pk) == before


def test_no_event_comes_in_the_place_of_another(event: AuditEvent) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no OR REPLACE")
    other = record(by=Actor(None), kind=AuditKind.LEFT)
    columns = ", ".join(str(field.column) for field in AuditEvent._meta.concrete_fields[1:])
    copy = f"SELECT %s, {columns} FROM {TABLE} WHERE id = %s"  # noqa: S608
    for way in (
        f"INSERT OR REPLACE INTO {TABLE} (id, {columns}) {copy}",
        f"UPDATE OR REPLACE {TABLE} SET id = %s WHERE id = %s",  # noqa: S608
    ):
        with (
            pytest.raises(DatabaseError, match="cannot be changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(way, [event.pk, other.pk])
    assert set(AuditEvent.objects.values_list("kind", flat=True)) == {event.kind, other.kind}


def test_nobody_empties_the_trail(event: AuditEvent) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with transaction.atomic(), connection.cursor() as cursor:
        # In the test database Django may empty tables; not in this test.
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER guard_audit_truncate")
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            cursor.execute(f"TRUNCATE {TABLE}")
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_the_same_download_is_one_event_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred of them would hide the others, for good."""
    clients = [OrganisationFactory.create() for _ in range(3)]
    by = Actor(UserFactory.create(), "192.0.2.7")
    for client in clients:
        MembershipFactory.create(user=by.user, organisation=client)
    given: dict[str, Any] = {"kind": AuditKind.SCORES_EXPORTED, "subject": "Advisors", "file": "csv"}
    record_for_all(clients[:2], by=by, **given)
    record_for_all(clients, by=by, **given)
    assert AuditEvent.objects.count() == 3
    event = record(by=by, organisation=clients[0], **given)
    assert event in audit_trail_of(clients[0])
    for other in (Actor(by.user, "192.0.2.8"), Actor(UserFactory.create(), "192.0.2.7")):
        record(by=other, organisation=clients[0], **given)
    record(by=by, organisation=clients[0], **{**given, "file": "xlsx"})
    record(by=by, **given)
    record(by=by, **given)
    assert AuditEvent.objects.count() == 7, "somebody else, from elsewhere, another file, and the site's"
    monkeypatch.setattr(audit, "SAME_DOWNLOAD_WITHIN", timedelta(0))
    record(by=by, organisation=clients[0], **given)
    assert AuditEvent.objects.count() == 8


def test_changes_of_access_are_never_taken_for_one() -> None:
    organisation, by = OrganisationFactory.create(), Actor(UserFactory.create())
    for _ in range(2):
        record(by=by, kind=AuditKind.ROLE_CHANGED, organisation=organisation, subject="bo@example.org")
    assert AuditEvent.objects.count() == 2


def test_what_can_be_done_and_undone_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.MOST_IN_A_DAY, AuditKind.ORGANISATION_RENAMED, 2)
    organisation = OrganisationFactory.create(name="Zero")
    owner = member(organisation)
    for name in ("One", "Two"):
        rename_organisation(organisation=organisation, name=name, by=Actor(owner))
    with pytest.raises(DoneTooOften):
        rename_organisation(organisation=organisation, name="Three", by=Actor(owner))
    organisation.refresh_from_db()
    assert organisation.name == "Two", "what is refused changes nothing"
    rename_organisation(organisation=organisation, name="By another owner", by=Actor(member(organisation)))
    monkeypatch.setattr(audit, "DAY", timedelta(0))
    assert rename_organisation(organisation=organisation, name="Three", by=Actor(owner)).name == "Three"
