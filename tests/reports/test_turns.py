"""Many files for one person keep nobody waiting who asks for one."""

from datetime import timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from assessments.models import EditionRow, Result
from reports import services
from reports.models import Report, ReportState
from reports.queries import IN_TURN
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


def test_one_that_failed_makes_way(result: Result, notified: list[UUID]) -> None:
    asked = ask(result, UserFactory.create(), LANGUAGES)
    Report.objects.filter(pk=asked[0]).update(attempts=1)
    Report.objects.filter(pk=asked[1]).update(lost_leases=1)
    services.sweep(now=NOW)
    assert notified == asked[2 : 2 + IN_TURN]
