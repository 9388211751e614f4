"""What the operator writes down: by command, and what the database refuses."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import OperatorRecord, RecordKind
from accounts.operations.figures import Share, newest_open_count, record_spans, second_step_share, unconfirmed_accounts
from accounts.operations.records import withdraw_record, write_record
from accounts.people_data.terms import kept_for
from accounts.services.retention import delete_outlived
from tests.accounts.test_retention import unconfirmed
from tests.factories import ConsultancyFactory, OrganisationFactory, UserFactory, give_second_step, member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def command(*words: str) -> str:
    said = StringIO()
    call_command("record", *words, stdout=said)
    return said.getvalue()


def test_a_script_writes_down_what_it_did() -> None:
    assert command("backup").startswith("Backup made: ")
    assert command("restore_test", "--at", "2026-01-14T10:30", "--note", "42 minutes").endswith(
        "2026-01-14 10:30 UTC\n"
    )
    rows = OperatorRecord.objects.order_by("happened_at")
    assert [(row.kind, row.note, row.recorded_by) for row in rows] == [
        ("restore_test", "42 minutes", None),
        ("backup", "", None),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("holiday",), "invalid choice"),
        (("backup", "--at", "yesterday"), "--at must be a day or a moment"),
        (("backup", "--at", "2999-01-01"), "This day is still to come."),
        (("backup", "--open", "1"), "Only a comparison says how many weaknesses were found."),
        (("audit",), "Only a comparison says how many weaknesses were found."),
        (("audit", "--open", "-1"), "--open must be 0 or more."),
        (("backup", "--note", "x" * 301), "at most 300 characters"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        command(*words)
    assert not OperatorRecord.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "holiday"},
        {"happened_at": NOW + DAY},
        {"open_count": 1},
        {"kind": "audit"},
        {"withdrawn_at": NOW},
    ],
)
def test_the_database_refuses_nonsense(wrong: dict[str, object]) -> None:
    row = OperatorRecord(**{"kind": "backup", "happened_at": NOW, "recorded_at": NOW, **wrong})
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(ValidationError):
        row.full_clean()


def test_of_each_kind_the_newest_and_the_oldest_that_count() -> None:
    for days in (1, 3, 9):
        write_record(kind=RecordKind.BACKUP, happened_at=NOW - days * DAY, by=None, now=NOW)
    wrong = write_record(kind=RecordKind.AUDIT, happened_at=NOW, by=None, open_count=4, now=NOW)
    write_record(kind=RecordKind.AUDIT, happened_at=NOW - DAY, by=None, open_count=1, now=NOW)
    assert newest_open_count() == 4
    withdraw_record(record=wrong, by=UserFactory.create(), now=NOW)
    assert newest_open_count() == 1
    spans = record_spans()
    assert (spans[RecordKind.BACKUP].newest, spans[RecordKind.BACKUP].oldest) == (NOW - DAY, NOW - 9 * DAY)
    assert [spans[kind].count for kind in (RecordKind.BACKUP, RecordKind.AUDIT)] == [3, 1]


def test_records_go_when_their_time_is_over() -> None:
    term = kept_for("operator_records")
    for back in (term - DAY, term + DAY):
        write_record(kind=RecordKind.BACKUP, happened_at=NOW - back, by=None, now=NOW)
    delete_outlived(now=NOW)
    assert OperatorRecord.objects.get().happened_at == NOW - (term - DAY)


def test_who_needs_a_second_step_and_has_one() -> None:
    assert second_step_share() == Share(0, 0)
    UserFactory.create(is_staff=True)
    UserFactory.create(edits_bank=True, second_step=False)
    UserFactory.create(is_superuser=True, is_active=False, second_step=False)
    consultant = member(ConsultancyFactory.create(), second_step=False)
    member(OrganisationFactory.create())
    assert second_step_share() == Share(1, 3)
    give_second_step(consultant)
    assert second_step_share() == Share(2, 3)


def test_accounts_that_nobody_confirmed() -> None:
    unconfirmed(OrganisationFactory.create())
    member(OrganisationFactory.create())
    assert unconfirmed_accounts(NOW) == Share(0, 1)
    assert unconfirmed_accounts(datetime(2999, 1, 1, tzinfo=UTC)) == Share(1, 1)
