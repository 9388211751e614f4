"""Many files for one person keep nobody waiting who asks for one."""

from datetime import timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from assessments.models import EditionRow, Result
from reports import services
from reports.models import Report, ReportError, ReportState
from reports.queries import IN_TURN
from reports.queue import lifecycle
from tests.factories import UserFactory
from tests.runs import NOW, finished_run

pytestmark = pytest.mark.django_db
LANGUAGES = [f"l{number}" for number in range(IN_TURN + 3)]


@pytest.fixture(autouse=True)
def notified(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    found: list[UUID] = []

    def notify(pk: UUID) -> bool:
        found.append(pk)
        return True

    monkeypatch.setattr(services, "notify_worker", notify)
    return found


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run()


def ask(result: Result, by: User, languages: list[str]) -> list[UUID]:
    return [
        services.request_report(
            result=result, requested_by=by, language=language, now=NOW + timedelta(seconds=place)
        ).pk
        for place, language in enumerate(languages)
    ]


def test_of_many_only_the_first_few_reach_a_worker(
    result: Result, notified: list[UUID], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(result, UserFactory.create(), LANGUAGES)
    assert notified == asked[:IN_TURN]
    with django_capture_on_commit_callbacks(execute=True):
        (other,) = ask(result, UserFactory.create(), ["other"])
    assert notified[-1] == other
    assert services.sweep(now=NOW + timedelta(seconds=1)) == 0


def test_when_one_is_finished_the_next_has_its_turn(
    result: Result, notified: list[UUID], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(result, UserFactory.create(), LANGUAGES)
    Report.objects.filter(pk=asked[0]).update(state=ReportState.FAILED, error="unexpected")
    assert services.notify_next(now=NOW + timedelta(seconds=1)) == 1
    assert notified == asked[: IN_TURN + 1]


def test_one_that_lost_its_worker_makes_way(result: Result, notified: list[UUID]) -> None:
    asked = ask(result, UserFactory.create(), LANGUAGES)
    Report.objects.filter(pk=asked[0]).update(lost_leases=1)
    services.sweep(now=NOW)
    assert notified == asked[1 : 1 + IN_TURN]


def test_of_those_that_failed_before_one_at_a_time_comes_after_all_others(result: Result, notified: list[UUID]) -> None:
    """Whoever they belong to: each may take a worker for as long as is allowed."""
    slow = [pk for number in range(3) for pk in ask(result, UserFactory.create(), [f"slow{number}"])]
    for place, pk in enumerate(slow):
        Report.objects.filter(pk=pk).update(attempts=1, requested_at=NOW + timedelta(seconds=place))
    (other,) = ask(result, UserFactory.create(), ["other"])
    services.sweep(now=NOW)
    assert notified == [other, slow[0]]
    claim = services.claim(report_id=slow[0], now=NOW)
    assert claim is not None
    # Not even one that would come before it, while it is in work.
    Report.objects.filter(pk=slow[1]).update(requested_at=NOW - timedelta(hours=1))
    assert services.sweep(now=NOW + timedelta(seconds=1)) == 0
    lifecycle.fail_attempt(claim=claim, error=ReportError.TIME, now=NOW)
    services.sweep(now=NOW + timedelta(seconds=2))
    assert notified == [other, slow[0], slow[1]]
