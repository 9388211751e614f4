"""Names that changed in the database: existing rows keep their values, and the guards are still there."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEvent, AuditKind
from assessments.models import Assessment, AssessmentState, EditionRow, EditionUpgradeDecision, Result, UpgradeDecision
from tests.migrating import empty_tables, migrate, newest_migrations
from tests.runs import NOW, answered_run, finish

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BEFORE = (("accounts", "0007_names_of_access_and_events"), ("assessments", "0008_nothing_fixed_is_replaced"))


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    """A finished assessment that was upgraded, by a person who declined MFA, and an event from somewhere."""
    result = finish(answered_run())
    run, by = result.assessment, result.finished_by
    older = EditionRow.objects.create(
        code="older", title="Older", language="en-gb", law_status_as_of=NOW.date(), frame={}
    )
    EditionUpgradeDecision.objects.create(
        assessment=run, was_on=older, offered=run.edition, choice=UpgradeDecision.UPGRADED, by=by, at=NOW
    )
    AuditEvent.objects.create(kind=AuditKind.LEFT, ip_address="192.0.2.7")
    by.mfa_declined_at = NOW
    by.save()
    return result


@pytest.fixture
def before(result: Result) -> Iterator[Any]:
    """Whatever a test does, the tests after it find the newest tables."""
    yield migrate(*BEFORE)
    migrate(*newest_migrations())
    if connection.vendor == "sqlite":
        empty_tables()


def test_every_value_keeps_under_its_new_name_and_the_guards_stand(before: Any, result: Result) -> None:
    old = before.get_model("assessments", "Assessment").objects.get()
    assert (old.state, old.submitted_at) == ("submitted", result.finished_at)
    old_result = before.get_model("assessments", "Result").objects.get()
    assert (old_result.frozen_at, old_result.frozen_by_id) == (result.finished_at, result.finished_by_id)
    assert before.get_model("assessments", "EditionChoice").objects.get().choice == "moved"
    assert before.get_model("accounts", "AuditEvent").objects.get().address == "192.0.2.7"
    assert before.get_model("accounts", "User").objects.get().declined_second_step_at == NOW

    migrate(*newest_migrations())

    run = Assessment.objects.get()
    assert (run.state, run.finished_at) == (AssessmentState.FINISHED, result.finished_at)
    assert Result.objects.get().finished_by == result.finished_by
    assert EditionUpgradeDecision.objects.get().choice == UpgradeDecision.UPGRADED
    assert AuditEvent.objects.get().ip_address == "192.0.2.7"
    assert result.finished_by.mfa_declined_at == NOW

    for change in (
        lambda: Assessment.objects.update(state=AssessmentState.ANSWERING, finished_at=None),
        lambda: Assessment.objects.update(finished_at=NOW + timedelta(days=1)),
        lambda: run.answers.update(note="Changed"),
        lambda: Result.objects.update(outcome={}),
        lambda: AuditEvent.objects.update(ip_address=None),
    ):
        assert refused(change)


def refused(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False
