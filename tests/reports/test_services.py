"""The row as queue: one report for all requests, one worker at a time, three attempts, nothing lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.models import EditionRow, Result
from reports import queries, services
from reports.models import MOST_ATTEMPTS, MOST_LOST_LEASES, Report, ReportError, ReportState, ReportStep
from reports.queries import NOTIFY_AGAIN_AFTER, oldest_waiting
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.storage import ORPHAN_AFTER, StoredFile, store
from tests.runs import NOW, finished_run

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
FILE = StoredFile("reports/x.pdf", "Bakery-report-2026-11-21.pdf", "ab" * 32, 1234)


@pytest.fixture(autouse=True)
def notifications(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The reports that a worker was notified of; the broker accepts every message."""
    notified: list[UUID] = []

    def notify(report_id: UUID) -> bool:
        notified.append(report_id)
        return True

    monkeypatch.setattr(services, "notify_worker", notify)
    return notified


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run()


@pytest.fixture
def report(result: Result) -> Report:
    return ask(result)


def ask(result: Result, now: datetime = NOW, language: str = "en-gb") -> Report:
    return services.request_report(result=result, requested_by=result.finished_by, language=language, now=now)


def claimed(report: Report, now: datetime = NOW) -> Claim:
    claim = services.claim(report_id=report.pk, now=now)
    assert claim is not None
    return claim


def lost_as_often_as_allowed(report: Report) -> datetime:
    """The moment at which the last lease has run out."""
    now = NOW
    for _ in range(MOST_LOST_LEASES + 1):
        claimed(report, now)
        now += timedelta(hours=1)
    return now


def failed(report: Report) -> Report:
    for _ in range(MOST_ATTEMPTS):
        lifecycle.fail_attempt(claim=claimed(report), error=ReportError.MEMORY, now=NOW)
    report.refresh_from_db()
    return report


def test_asking_twice_gives_the_same_report(result: Result) -> None:
    assert ask(result) == ask(result, now=LATER)
    assert Report.objects.count() == 1


def test_another_language_is_another_report(result: Result) -> None:
    assert ask(result) != ask(result, language="fr")


def test_a_worker_is_told_after_commit(
    result: Result, notifications: list[UUID], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = ask(result)
        assert notifications == []
    assert notifications == [report.pk]
    with django_capture_on_commit_callbacks(execute=True):
        ask(result)
    assert notifications == [report.pk]


def test_a_broker_that_is_down_does_not_fail_the_request(
    result: Result,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(services, "notify_worker", lambda report_id: False)
    with django_capture_on_commit_callbacks(execute=True):
        report = ask(result)
    report.refresh_from_db()
    assert (report.state, report.notified_at) == (ReportState.QUEUED, None)


def test_one_of_two_claims_wins(report: Report) -> None:
    assert services.claim(report_id=report.pk, now=NOW) is not None
    assert services.claim(report_id=report.pk, now=NOW) is None


def test_a_message_for_nothing_costs_nothing(report: Report) -> None:
    services.finish(claim=claimed(report), stored=FILE, pages=30, now=NOW)
    assert services.claim(report_id=report.pk, now=LATER) is None
    assert services.claim(report_id=uuid4(), now=NOW) is None


def test_finishing_makes_it_ready(report: Report) -> None:
    assert services.finish(claim=claimed(report), stored=FILE, pages=30, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.progress, report.step) == (ReportState.READY, 100, ReportStep.DONE)
    assert (report.file, report.sha256, report.pages, report.ready_at) == (FILE.name, FILE.sha256, 30, NOW)
    assert (report.token, report.lease_until) == (None, None)


def test_a_late_worker_cannot_finish(report: Report) -> None:
    late = claimed(report)
    prompt = claimed(report, LATER)
    assert not services.finish(claim=late, stored=FILE, pages=30, now=LATER)
    assert not services.record_progress(claim=late, progress=50, step=ReportStep.DRAWING, now=LATER)
    lifecycle.fail_attempt(claim=late, error=ReportError.TIME, now=LATER)
    assert services.finish(claim=prompt, stored=FILE, pages=30, now=LATER)


def test_a_heartbeat_keeps_the_lease(report: Report) -> None:
    claim = claimed(report)
    for minutes in range(1, 5):
        now = NOW + timedelta(seconds=10 * minutes)
        assert services.record_progress(claim=claim, progress=10 * minutes, step=ReportStep.LAYING_OUT, now=now)
        assert services.claim(report_id=report.pk, now=now) is None
    report.refresh_from_db()
    assert report.progress == 40


def test_a_failed_attempt_goes_back_to_the_queue(report: Report) -> None:
    lifecycle.fail_attempt(claim=claimed(report), error=ReportError.MEMORY, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.error, report.attempts) == (ReportState.QUEUED, "", 1)


def test_a_worker_that_stops_takes_no_attempt_away(report: Report) -> None:
    for hour in range(MOST_ATTEMPTS + 2):
        claimed(report, NOW + timedelta(hours=hour))
    report.refresh_from_db()
    assert (report.state, report.attempts, report.lost_leases) == (ReportState.RENDERING, 0, MOST_ATTEMPTS + 1)
    assert not services.sweep(now=NOW + timedelta(hours=MOST_ATTEMPTS + 1))
    assert claimed(report, NOW + timedelta(days=1)).attempt == 1


def test_the_third_failed_attempt_is_the_last(report: Report) -> None:
    failed(report)
    assert (report.state, report.error) == (ReportState.FAILED, ReportError.MEMORY)
    assert services.claim(report_id=report.pk, now=LATER) is None


def test_retrying_gives_three_new_attempts(report: Report) -> None:
    services.retry_report(report=failed(report), requested_by=report.result.finished_by, now=LATER)
    report.refresh_from_db()
    assert (report.state, report.error, report.attempts, report.requested_at) == (ReportState.QUEUED, "", 0, LATER)
    assert claimed(report, LATER).attempt == 1


def test_a_worker_is_told_of_a_report_that_is_queued_anew(
    report: Report, notifications: list[UUID], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.retry_report(report=failed(report), requested_by=report.result.finished_by, now=LATER)
        assert notifications == []
    assert notifications == [report.pk]
    report.refresh_from_db()
    assert report.notified_at == LATER


def test_only_a_failed_report_is_retried(
    report: Report, notifications: list[UUID], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    claim = claimed(report)
    with django_capture_on_commit_callbacks(execute=True):
        services.retry_report(report=report, requested_by=report.result.finished_by, now=LATER)
    assert notifications == []
    assert services.finish(claim=claim, stored=FILE, pages=3, now=NOW)


def test_a_report_without_its_file_is_made_again(report: Report) -> None:
    services.finish(claim=claimed(report), stored=FILE, pages=30, now=NOW)
    services.make_again(report=report, requested_by=report.requested_by, now=LATER)
    report.refresh_from_db()
    assert (report.state, report.file, report.size) == (ReportState.QUEUED, "", None)


def test_the_sweeper_notifies_of_what_no_worker_was_told_of(report: Report, notifications: list[UUID]) -> None:
    assert services.sweep(now=NOW) == 1
    assert notifications == [report.pk]


def test_the_sweeper_leaves_alone_what_a_worker_was_told_of_lately(report: Report, notifications: list[UUID]) -> None:
    services.sweep(now=NOW)
    assert services.sweep(now=NOW + NOTIFY_AGAIN_AFTER) == 0
    assert services.sweep(now=NOW + NOTIFY_AGAIN_AFTER * 2) == 1
    assert len(notifications) == 2


def test_the_sweeper_notifies_of_what_a_dead_worker_left(report: Report, notifications: list[UUID]) -> None:
    claimed(report)
    assert services.sweep(now=NOW + timedelta(seconds=5)) == 0
    assert services.sweep(now=LATER) == 1
    assert claimed(report, LATER).attempt == 1
    report.refresh_from_db()
    assert report.lost_leases == 1


def test_the_sweeper_gives_up_after_twenty_dead_workers(report: Report) -> None:
    now = lost_as_often_as_allowed(report)
    assert services.sweep(now=now) == 0
    report.refresh_from_db()
    assert (report.state, report.error) == (ReportState.FAILED, ReportError.STOPPED)


def test_the_sweeper_stops_when_the_broker_is_down(edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        ask(finished_run())
    tried: list[UUID] = []

    def down(report_id: UUID) -> bool:
        tried.append(report_id)
        return False

    monkeypatch.setattr(services, "notify_worker", down)
    assert services.sweep(now=NOW) == 0
    assert len(tried) == 1
    assert Report.objects.filter(notified_at__isnull=True).count() == 3


def test_a_sign_of_life_keeps_the_lease(report: Report) -> None:
    claim = claimed(report)
    soon = NOW + timedelta(seconds=10)
    assert lifecycle.keep_claim(claim=claim, now=soon)
    assert services.claim(report_id=report.pk, now=soon + timedelta(seconds=10)) is None
    claimed(report, LATER)
    assert not lifecycle.keep_claim(claim=claim, now=LATER)


def test_those_with_failed_attempts_come_last(result: Result, notifications: list[UUID]) -> None:
    poisoned, sound = ask(result), ask(result, now=LATER, language="fr")
    lifecycle.fail_attempt(claim=claimed(poisoned), error=ReportError.TIME, now=NOW)
    services.sweep(now=LATER)
    assert notifications == [sound.pk, poisoned.pk]


def test_workers_are_told_of_the_longest_waiting_first_and_not_of_too_many_at_once(
    result: Result, notifications: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "NOTIFICATIONS_PER_SWEEP", 2)
    monkeypatch.setattr(queries, "IN_TURN", 3)
    newest, oldest, middle = (ask(result, now=NOW - timedelta(minutes=age), language=str(age)) for age in (1, 3, 2))
    assert services.sweep(now=NOW) == 2
    assert notifications == [oldest.pk, middle.pk]
    assert services.sweep(now=NOW) == 1
    assert notifications[-1] == newest.pk


def test_how_long_the_oldest_waits(report: Report) -> None:
    assert oldest_waiting(NOW + timedelta(seconds=30)) == timedelta(seconds=30)
    claim = claimed(report)
    assert oldest_waiting(NOW + timedelta(seconds=5)) is None
    assert oldest_waiting(LATER) == timedelta(hours=1)
    services.record_progress(claim=claim, progress=90, step=ReportStep.DRAWING, now=LATER)
    services.finish(claim=claim, stored=FILE, pages=1, now=LATER)
    assert oldest_waiting(LATER) is None


@pytest.fixture
def stored() -> Iterator[StoredFile]:
    file = store(content=b"%PDF-", token=uuid4(), file_name="a.pdf")
    yield file
    default_storage.delete(file.name)


def test_orphan_files_are_deleted_and_reports_kept(report: Report, stored: StoredFile) -> None:
    orphan = store(content=b"%PDF-", token=uuid4(), file_name="b.pdf")
    services.finish(claim=claimed(report), stored=stored, pages=1, now=NOW)
    soon, much_later = (datetime.now(NOW.tzinfo) + wait for wait in (timedelta(minutes=1), ORPHAN_AFTER * 2))

    assert services.delete_orphan_files(now=soon) == 0
    services.delete_orphan_files(now=much_later)

    assert not default_storage.exists(orphan.name)
    assert default_storage.exists(stored.name)
