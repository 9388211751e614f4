"""Until somebody asks, nobody sees it and it counts as nobody's; whoever asks finds it ready."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent, AuditKind, User
from assessments.models import Result
from reports import limits, services
from reports.data_exports.person import reports_of_person
from reports.in_advance.services import delete_unused_reports, queue_in_advance
from reports.kinds.registry import WORKINGS
from reports.models import Report, ReportError, ReportState
from reports.people_data.files import forget_files_of
from reports.queries import oldest_waiting
from reports.queue import lifecycle
from reports.queue.places import place_in_line
from reports.queue_figures.queries import queue_figures
from reports.storage import store
from tests.reports.test_kinds import taken
from tests.runs import NOW, finished_run

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def owner(result: Result) -> User:
    return result.finished_by


@pytest.fixture
def signed_in(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


def ask(result: Result, by: User, **more: object) -> Report:
    return services.request_report(result=result, requested_by=by, language="en-gb", now=LATER, **more)  # type: ignore[arg-type]


def made(report: Report) -> Report:
    """By a worker."""
    claim = services.claim(report_id=report.pk, now=NOW)
    assert claim is not None
    stored = store(content=b"%PDF-1.7", token=claim.token, file_name="Bakery-report-2026-11-21.pdf")
    assert services.finish(claim=claim, stored=stored, pages=6, now=NOW)
    report.refresh_from_db()
    return report


def test_the_click_finds_it_ready(signed_in: Client, result: Result, unasked: Report, messages: list[UUID]) -> None:
    made(unasked)
    answer = signed_in.post(reverse("report_request", args=[result.assessment_id]), follow=True)
    assert answer.redirect_chain == [(reverse("report", args=[unasked.pk]), 302)]
    assert b"Your report is ready" in answer.content
    assert reverse("report_download", args=[unasked.pk]).encode() in answer.content
    assert messages == []
    unasked.refresh_from_db()
    assert (unasked.requested_by, unasked.state) == (result.finished_by, ReportState.READY)


def test_the_trail_begins_with_the_download(signed_in: Client, result: Result, unasked: Report) -> None:
    made(unasked)
    downloads = AuditEvent.objects.filter(kind=AuditKind.REPORT_DOWNLOADED)
    signed_in.post(reverse("report_request", args=[result.assessment_id]))
    assert not downloads.exists()
    answer = signed_in.get(reverse("report_download", args=[unasked.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    assert downloads.count() == 1
    answer.close()


@pytest.mark.parametrize("name", ["report", "report_download"])
def test_nobody_sees_it_before(signed_in: Client, result: Result, unasked: Report, name: str) -> None:
    made(unasked)
    address = reverse(name, args=[unasked.pk])
    assert signed_in.get(address).status_code == 404
    signed_in.post(reverse("report_cancel", args=[result.assessment_id]), {"report": str(unasked.pk)})
    assert Report.objects.filter(pk=unasked.pk).exists()


def test_asked_for_while_it_waits_it_goes_before_others_in_advance(
    result: Result,
    owner: User,
    unasked: Report,
    messages: list[UUID],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = ask(result, owner)
        assert messages == []
    assert report == unasked
    assert messages == [unasked.pk]
    unasked.refresh_from_db()
    assert (unasked.requested_by, unasked.requested_at) == (owner, LATER)


def test_asked_for_while_it_is_made_it_is_made_once(result: Result, owner: User, unasked: Report) -> None:
    claim = services.claim(report_id=unasked.pk, now=NOW)
    assert claim is not None
    assert ask(result, owner) == unasked
    stored = store(content=b"%PDF-1.7", token=claim.token, file_name="r.pdf")
    assert services.finish(claim=claim, stored=stored, pages=6, now=LATER)
    unasked.refresh_from_db()
    assert (unasked.requested_by, unasked.state) == (owner, ReportState.READY)


def test_one_that_failed_has_all_its_attempts_once_somebody_asks(result: Result, owner: User, unasked: Report) -> None:
    claim = services.claim(report_id=unasked.pk, now=NOW)
    assert claim is not None
    lifecycle.fail_attempt(claim=claim, error=ReportError.MEMORY, now=NOW)
    assert services.claim(report_id=unasked.pk, now=LATER) is None, "once in advance"
    ask(result, owner)
    again = services.claim(report_id=unasked.pk, now=LATER)
    assert again is not None
    assert again.attempt == 1


def test_of_several_workers_lost_the_person_gets_no_bill(result: Result, owner: User, unasked: Report) -> None:
    now = NOW
    for _ in range(10):
        services.claim(report_id=unasked.pk, now=now)
        now += timedelta(hours=1)
    unasked.refresh_from_db()
    assert (unasked.state, unasked.lost_leases) == (ReportState.RENDERING, 3)
    assert services.claim(report_id=unasked.pk, now=now) is None
    services.sweep(now=now)
    ask(result, owner)
    unasked.refresh_from_db()
    assert unasked.lost_leases == 0
    assert services.claim(report_id=unasked.pk, now=now)


def test_with_a_changed_plan_a_new_one_is_made(result: Result, owner: User, unasked: Report) -> None:
    made(unasked)
    taken(result, "DATA-01", assignee=owner)
    report = ask(result, owner)
    assert report != unasked
    assert report.state == ReportState.QUEUED
    unasked.refresh_from_db()
    assert unasked.requested_by is None


def test_another_kind_is_another_report(result: Result, owner: User, unasked: Report) -> None:
    assert ask(result, owner, kind=WORKINGS) != unasked


def test_reports_for_a_bundle_are_asked_for(result: Result, owner: User, unasked: Report) -> None:
    made(unasked)
    (found,) = services.report_rows(results=[result], brand=None, requested_by=owner, language="en-gb", now=LATER)
    assert found == unasked
    unasked.refresh_from_db()
    assert unasked.requested_by == owner


def test_nobody_is_said_to_wait_for_it(result: Result, owner: User, unasked: Report) -> None:
    other = ask(finished_run(), owner)
    assert place_in_line(other, LATER).before == 0
    assert oldest_waiting(LATER) == timedelta(0)
    of_reports = queue_figures(LATER)[0]
    assert (of_reports.waiting, of_reports.oldest) == (1, timedelta(0))
    services.claim(report_id=other.pk, now=LATER)
    assert services.claim(report_id=unasked.pk, now=LATER)
    third = ask(finished_run(), owner)
    assert place_in_line(third, LATER).in_work == 2, "what is in work is in the way, whoever it is for"


def test_it_uses_up_no_limit(result: Result, owner: User, unasked: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    made(unasked)
    monkeypatch.setattr(limits, "MOST_OF_A_PERSON_IN_A_DAY", 1)
    monkeypatch.setattr(limits, "MOST_OF_A_RESULT", 1)
    ask(result, owner, kind=WORKINGS)
    assert ask(result, owner) == unasked, "what is ready costs nothing"


def test_one_that_is_not_made_yet_costs_what_others_cost(
    result: Result, owner: User, unasked: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_OF_A_PERSON_IN_A_DAY", 0)
    with pytest.raises(limits.TooManyReports):
        ask(result, owner)
    made(unasked)
    assert ask(result, owner) == unasked


def test_the_data_of_a_person_has_it_once_they_asked(result: Result, owner: User, unasked: Report) -> None:
    made(unasked)
    assert list(reports_of_person(owner)) == []
    ask(result, owner)
    assert [report for _, report in reports_of_person(owner)] == [unasked]


def test_with_another_name_of_the_business_it_goes(result: Result, owner: User, unasked: Report) -> None:
    made(unasked)
    kept = queue_in_advance(result=finished_run(), language="en-gb", now=NOW)
    forget_files_of(result.assessment.organisation, None)
    assert list(Report.objects.all()) == [kept]


def test_unused_it_goes_after_a_week(result: Result, owner: User, unasked: Report) -> None:
    made(unasked)
    asked = ask(finished_run(), owner)
    delete_unused_reports(NOW + timedelta(days=7))
    assert Report.objects.count() == 2
    delete_unused_reports(NOW + timedelta(days=7, seconds=1))
    assert list(Report.objects.all()) == [asked]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "workings"},
        {"format": "docx", "pages": None},
        {"state": ReportState.FAILED, "error": ReportError.TIME},
        {"attempts": 2},
        {"lost_leases": 4},
    ],
    ids=lambda values: next(iter(values)),
)
def test_the_database_refuses_what_is_not_made_in_advance(
    owner: User, unasked: Report, values: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=unasked.pk).update(**values)
    Report.objects.filter(pk=unasked.pk).update(requested_by=owner, **values)
