"""Workers are killed and the broker forgets: no report is lost, none is made twice.

The full version (200 reports, minutes) is `python -m benchmarks faults`.
"""

import os
import signal

import pikepdf
import pytest
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.models import EditionRow
from reports import services
from reports.doorbell import ring
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.faults.waiting import wait_until
from tests.runs import finished_run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

REPORTS = 6
KILLS = 2
PATIENCE = 180


def ask(count: int) -> None:
    result = finished_run()
    for number in range(count):
        services.request_report(
            result=result, requested_by=result.frozen_by, language=f"en-{number}", now=timezone.now()
        )


def ready() -> int:
    return Report.objects.filter(state=ReportState.READY).count()


def rendering() -> bool:
    return Report.objects.filter(state=ReportState.RENDERING, lease_until__gt=timezone.now()).exists()


def forget_all_messages() -> None:
    if settings.CELERY_BROKER_URL.startswith("redis"):
        with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
            broker.flushdb()


def test_killed_workers_and_a_forgetful_broker_lose_nothing(edition_row: EditionRow, quick: dict[str, str]) -> None:
    ask(REPORTS)
    for _ in range(KILLS):
        with celery_worker(concurrency=2, beat=True, settings=quick) as worker:
            wait_until(rendering, PATIENCE, "a report is being made")
            os.killpg(worker.pid, signal.SIGKILL)
        forget_all_messages()
    with celery_worker(concurrency=2, beat=True, settings=quick):
        wait_until(lambda: ready() == REPORTS, PATIENCE, "every report is ready")

    files = [report.file for report in Report.objects.all()]
    assert len(set(files)) == REPORTS
    for report in Report.objects.all():
        with pikepdf.open(default_storage.path(report.file)) as opened:
            assert len(opened.pages) == report.pages


def test_fifty_bells_make_one_report(edition_row: EditionRow, quick: dict[str, str]) -> None:
    ask(2)
    first, last = Report.objects.order_by("requested_at")
    for _ in range(50):
        ring(first.pk)
    ring(last.pk)

    with celery_worker(concurrency=2, settings=quick):
        wait_until(lambda: ready() == 2, PATIENCE, "both reports are ready")

    first.refresh_from_db()
    assert first.attempts == 1


def test_a_worker_asked_to_stop_finishes_what_it_has_begun(edition_row: EditionRow, quick: dict[str, str]) -> None:
    ask(2)
    for report in Report.objects.all():
        ring(report.pk)
    with celery_worker(concurrency=1, settings=quick) as worker:
        wait_until(rendering, PATIENCE, "a report is being made")
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)
    assert ready() >= 1
    assert not Report.objects.filter(state=ReportState.RENDERING).exists()
