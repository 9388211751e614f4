"""One attempt at one report: the row always records how it ended."""

import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.models import EditionRow, Result
from reports import services, storage, tasks
from reports.formats import pdf
from reports.kinds.registry import WORKINGS
from reports.models import MOST_ATTEMPTS, Report, ReportError, ReportState, ReportStep
from reports.queue.lifecycle import Claim
from reports.worker import rendering
from reports.worker.attempts import ClaimLost
from reports.worker.rendering import RenderProgress
from tests.reports.paper import says
from tests.runs import finish, give, scoped_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    run = scoped_run()
    give(run, "ACCESS-02", 1, note="Only the mailbox.\nThe till not yet.")
    return finish(run)


@pytest.fixture
def report(result: Result) -> Report:
    return services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now(), kind=WORKINGS
    )


def run_task(report: Report) -> Report:
    tasks.render_report(str(report.pk))
    report.refresh_from_db()
    return report


def test_a_report_is_made_from_its_result(report: Report) -> None:
    run_task(report)

    assert report.state == ReportState.READY
    assert report.file_name.endswith("-workings-2026-11-21.pdf")
    with default_storage.open(report.file) as file:
        content = file.read()
        assert says(content, "Only the mailbox.", "The till not yet.", str(report.result.assessment.organisation)) == []
    with pikepdf.open(default_storage.path(report.file)) as opened:
        assert len(opened.pages) == report.pages
    assert report.size == len(content)


def test_a_second_message_changes_nothing(report: Report) -> None:
    ready_at = run_task(report).ready_at
    assert run_task(report).ready_at == ready_at


@pytest.mark.parametrize(
    ("problem", "error"),
    [
        (MemoryError(), ReportError.MEMORY),
        (SoftTimeLimitExceeded(), ReportError.TIME),
        (RecursionError("deep"), ReportError.UNEXPECTED),
        (ZeroDivisionError(), ReportError.UNEXPECTED),
    ],
)
def test_a_poisoned_report_fails_with_a_reason_after_three_attempts(
    report: Report, monkeypatch: pytest.MonkeyPatch, problem: BaseException, error: ReportError
) -> None:
    def poisoned(*_: Any) -> None:
        raise problem

    monkeypatch.setattr(pdf, "render_pdf", poisoned)
    states = [run_task(report).state for _ in range(MOST_ATTEMPTS + 1)]

    assert states == [ReportState.QUEUED, ReportState.QUEUED, ReportState.FAILED, ReportState.FAILED]
    assert report.error == error
    assert str(ReportError(report.error).label).endswith(".")


def test_a_full_disk_fails_with_its_own_reason(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "store", full)
    for _ in range(MOST_ATTEMPTS):
        run_task(report)
    assert report.error == ReportError.STORAGE

    monkeypatch.undo()
    services.retry_report(report=report, requested_by=report.result.finished_by, now=timezone.now())
    assert run_task(report).state == ReportState.READY


def test_who_comes_too_late_leaves_no_file(
    report: Report, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Another worker takes over while the file is being stored."""
    kept = storage.store
    names = []

    def slowly(**given: Any) -> Any:
        stored = kept(**given)
        names.append(stored.name)
        Report.objects.filter(pk=report.pk).update(token=uuid4())
        return stored

    monkeypatch.setattr(storage, "store", slowly)
    with caplog.at_level(logging.WARNING):
        run_task(report)

    assert report.state == ReportState.RENDERING
    assert not default_storage.exists(names[0])
    assert "taken over" in caplog.text


def test_progress_is_written_now_and_then_and_notices_a_takeover(report: Report) -> None:
    now = timezone.now()
    claim = services.claim(report_id=report.pk, now=now)
    assert claim is not None
    times = iter([now, now + timedelta(seconds=0.1), now + timedelta(seconds=1), now + timedelta(seconds=2)])
    progress = RenderProgress(claim, lambda: next(times))

    progress.show(20, ReportStep.LAYING_OUT)
    report.refresh_from_db()
    assert report.progress == 0
    progress.show(30, ReportStep.LAYING_OUT)
    report.refresh_from_db()
    assert (report.progress, report.step) == (30, ReportStep.LAYING_OUT)
    Report.objects.update(token=uuid4())
    with pytest.raises(ClaimLost):
        progress.show(40, ReportStep.DRAWING)


def test_a_report_that_is_gone_is_nothing_to_do() -> None:
    assert services.claim(report_id=uuid4(), now=timezone.now()) is None


def test_the_claim_of_a_deleted_report_fails_quietly(report: Report) -> None:
    claim = Claim(uuid4(), uuid4(), 1, Report)
    rendering.render(claim)
    assert Report.objects.count() == 1
