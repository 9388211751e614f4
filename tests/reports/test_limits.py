"""How many reports one result, and one person, may have made."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import EditionRow, Result
from reports import limits, services
from reports.limits import TooManyReports
from reports.models import Report, ReportError, ReportState
from tests.factories import OrganisationFactory, member
from tests.reports.clients import fail_for_good
from tests.runs import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _accepting_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "notify_worker", lambda _pk: True)


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(OrganisationFactory.create())


@pytest.fixture
def results(owner: User) -> list[Result]:
    organisation = owner.memberships.get().organisation
    return [finished_run(organisation, by=owner) for _ in range(2)]


def asked(result: Result, by: User, language: str = "en-gb", days: int = 0) -> Report:
    now = timezone.now() + timedelta(days=days)
    return services.request_report(result=result, requested_by=by, language=language, now=now)


def test_a_person_asks_for_so_many_in_a_day(
    owner: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new look makes every report of every client again."""
    monkeypatch.setattr(limits, "MOST_OF_A_PERSON_IN_A_DAY", 2)
    first = asked(results[0], owner)
    asked(results[0], owner, "fr")
    with pytest.raises(TooManyReports, match="You have asked for 2 reports within a day"):
        asked(results[1], owner)
    assert asked(results[0], owner) == first, "what is there can be asked for"
    assert asked(results[1], owner, days=1)


def test_many_at_once_count_each(owner: User, results: list[Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_OF_A_PERSON_IN_A_DAY", 1)
    given = {"results": results, "brand": None, "requested_by": owner, "language": "en-gb", "now": timezone.now()}
    with pytest.raises(TooManyReports):
        services.report_rows(**given)  # type: ignore[arg-type]
    assert not Report.objects.exists()
    asked(results[0], owner)
    monkeypatch.setattr(limits, "MOST_OF_A_PERSON_IN_A_DAY", 2)
    assert len(services.report_rows(**given)) == 2  # type: ignore[arg-type]


def test_a_result_has_so_many(owner: User, results: list[Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_OF_A_RESULT", 1)
    first = asked(results[0], owner)
    refused = pytest.raises(TooManyReports, match="There are 1 reports of one result, and all are in use or new")
    with refused:
        asked(results[0], owner, "fr", days=2)
    assert asked(results[1], owner)
    fail_for_good(first, ReportError.STORAGE)
    with refused:
        asked(results[0], owner, "fr")
    second = asked(results[0], owner, "fr", days=2)
    assert list(Report.objects.filter(result=results[0])) == [second], "the oldest finished one makes room"


def test_room_is_made_only_where_a_report_is_missing(
    owner: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_OF_A_RESULT", 1)
    there = asked(results[0], owner)
    fail_for_good(there, ReportError.STORAGE)
    given = {"results": results, "brand": None, "requested_by": owner, "language": "en-gb", "now": timezone.now()}
    assert there in services.report_rows(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [ReportError.TIME, ReportError.MEMORY])
def test_who_asked_for_what_is_too_heavy_waits(
    owner: User, results: list[Result], monkeypatch: pytest.MonkeyPatch, error: ReportError
) -> None:
    monkeypatch.setattr(limits, "MOST_TOO_HEAVY_IN_A_DAY", 1)
    fail_for_good(asked(results[0], owner), error)
    with pytest.raises(TooManyReports, match="Long notes are the usual reason"):
        asked(results[0], owner, "fr")
    assert asked(results[1], member(owner.memberships.get().organisation))
    assert asked(results[0], owner, "fr", days=1)


def test_a_full_disk_is_nobodys_fault(owner: User, results: list[Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_TOO_HEAVY_IN_A_DAY", 1)
    fail_for_good(asked(results[0], owner), ReportError.STORAGE)
    assert asked(results[0], owner, "fr")


def test_a_failed_one_is_tried_again_so_often_in_a_day(
    owner: User, results: list[Result], client: Client, settings: LazySettings
) -> None:
    """Each time it may keep a worker busy for three times a minute."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "retry_report": "2/d/key,3/d/user"}
    client.force_login(owner)
    reports = [asked(result, owner) for result in results]
    codes = []
    for report in (reports[0], reports[0], reports[0], reports[1], reports[1]):
        if report.state != ReportState.FAILED:
            fail_for_good(report, ReportError.TIME)
        answer = client.post(reverse("report_retry", args=[report.pk]))
        codes.append(answer.status_code)
        report.refresh_from_db()
    assert codes == [302, 302, 409, 302, 409], "of one report, and of one person"
    assert "Try it again tomorrow" in answer.content.decode()
    client.post(reverse("report_retry", args=[reports[1].pk]))
    assert Report.objects.get(pk=reports[1].pk).state == ReportState.FAILED
