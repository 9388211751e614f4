"""Submitting queues the report, and never fails or waits because of it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent
from assessments.models import Assessment, EditionRow, Result
from assessments.results import finishing
from reports.in_advance import services as in_advance
from reports.in_advance.services import MOST_OF_AN_ORGANISATION_IN_A_DAY, queue_in_advance
from reports.models import Report, ReportState
from tests.factories import BrandFactory, ConsultancyFactory, EngagementFactory, member
from tests.runs import NOW, answered_run, finished_run

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def run(edition_row: EditionRow) -> Assessment:
    return answered_run()


def submit(run: Assessment, commit: DjangoCaptureOnCommitCallbacks) -> Result:
    client = Client()
    client.force_login(run.started_by)
    with commit(execute=True):
        answer = client.post(reverse("assessment_finish", args=[run.pk]))
    assert answer.status_code == 302
    return Result.objects.get(assessment=run)


def test_the_owners_report_is_queued_for_nobody(
    run: Assessment, messages: list[UUID], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    events = AuditEvent.objects.count()
    result = submit(run, django_capture_on_commit_callbacks)
    report = Report.objects.get()
    assert (report.result, report.kind, report.format, report.language) == (result, "owner", "pdf", "en-gb")
    assert (report.requested_by, report.state) == (None, ReportState.QUEUED)
    assert messages == [], "nobody who submits waits for the broker"
    assert AuditEvent.objects.count() == events


def test_it_is_off_where_the_setting_says_so(
    run: Assessment, settings: LazySettings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.REPORTS_IN_ADVANCE = False
    submit(run, django_capture_on_commit_callbacks)
    assert not Report.objects.exists()


def test_a_failure_is_logged_and_the_result_is_there(
    run: Assessment,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no brand today")

    monkeypatch.setattr(in_advance, "queue_in_advance", fail)
    assert submit(run, django_capture_on_commit_callbacks).assessment == run
    assert "no brand today" in caplog.text


def test_every_room_is_told_even_if_one_before_it_fails(
    run: Assessment,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    told: list[Result] = []

    def fail(_: Result) -> None:
        raise RuntimeError

    monkeypatch.setattr(finishing, "_after", [fail])
    finishing.after_finish(told.append)
    assert told == []
    result = submit(run, django_capture_on_commit_callbacks)
    assert told == [result]


def test_queued_twice_it_is_one(result: Result, unasked: Report) -> None:
    assert queue_in_advance(result=result, language="en-gb", now=NOW) == unasked
    assert Report.objects.count() == 1


def test_it_has_the_look_that_who_submitted_gets(result: Result) -> None:
    organisation, consultancy = result.assessment.organisation, ConsultancyFactory.create()
    EngagementFactory.create(client=organisation, consultancy=consultancy)
    brand = BrandFactory.create(consultancy=consultancy)
    report = queue_in_advance(result=result, language="en-gb", now=NOW)
    assert report is not None
    assert report.brand == brand
    assert not organisation.memberships.filter(user=member(consultancy)).exists()


def test_who_submits_all_day_gets_so_many_in_advance(edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_advance, "MOST_OF_AN_ORGANISATION_IN_A_DAY", 1)
    first = finished_run()
    assert queue_in_advance(result=first, language="en-gb", now=NOW)
    assert queue_in_advance(result=first, language="fr", now=NOW + DAY / 2) is None
    assert queue_in_advance(result=finished_run(), language="en-gb", now=NOW), "another organisation's"
    assert queue_in_advance(result=first, language="fr", now=NOW + DAY)
    assert MOST_OF_AN_ORGANISATION_IN_A_DAY > 1


def test_a_queue_that_is_too_long_gets_none_more(
    result: Result, unasked: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_advance, "MOST_UNMADE", 1)
    assert queue_in_advance(result=finished_run(), language="en-gb", now=NOW) is None
    Report.objects.filter(pk=unasked.pk).update(requested_by=result.finished_by)
    assert queue_in_advance(result=finished_run(), language="en-gb", now=timezone.now())
