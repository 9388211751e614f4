"""Workers are killed and the broker loses messages: no report is lost, none is made twice.

The full version (200 reports, minutes) is `python -m benchmarks faults`.
"""

import os
import signal
from pathlib import Path

import pikepdf
import pytest
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.models import EditionRow
from reports import services
from reports.models import Bundle, Report, ReportState
from reports.queue.notifications import notify_worker
from reports.storage import BUNDLES
from tests.celery_worker import celery_worker
from tests.factories import ConsultancyFactory, member
from tests.faults.waiting import wait_until
from tests.reports.clients import ask as ask_for_bundle
from tests.reports.clients import inside, make_all_ready, result_of
from tests.runs import finished_run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

REPORTS = 6
KILLS = 2
PATIENCE = 180


def ask(count: int) -> None:
    result = finished_run()
    for number in range(count):
        services.request_report(
            result=result, requested_by=result.finished_by, language=f"en-{number}", now=timezone.now()
        )


def ready() -> int:
    return Report.objects.filter(state=ReportState.READY).count()


def rendering() -> bool:
    return Report.objects.filter(state=ReportState.RENDERING, lease_until__gt=timezone.now()).exists()


def forget_all_messages() -> None:
    if settings.CELERY_BROKER_URL.startswith("redis"):
        with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
            broker.flushdb()


@pytest.mark.long
def test_killed_workers_and_a_forgetful_broker_lose_nothing(edition_row: EditionRow, quick: dict[str, str]) -> None:
    ask(REPORTS)
    for _ in range(KILLS):
        with celery_worker(concurrency=2, beat=True, settings=quick) as worker:
            wait_until(rendering, PATIENCE, "a report is being made")
            os.killpg(worker.pid, signal.SIGKILL)
        forget_all_messages()
    with celery_worker(concurrency=2, beat=True, settings=quick):
        wait_until(lambda: ready() == REPORTS, PATIENCE, "every report is ready")

    assert not Report.objects.filter(attempts__gt=0).exists(), "a killed worker took an attempt away"
    files = [report.file for report in Report.objects.all()]
    assert len(set(files)) == REPORTS
    for report in Report.objects.all():
        with pikepdf.open(default_storage.path(report.file)) as opened:
            assert len(opened.pages) == report.pages


def test_fifty_messages_make_one_report(edition_row: EditionRow, quick: dict[str, str]) -> None:
    ask(2)
    first, last = Report.objects.order_by("requested_at")
    for _ in range(50):
        notify_worker(first.pk)
    notify_worker(last.pk)

    with celery_worker(concurrency=2, settings=quick):
        wait_until(lambda: ready() == 2, PATIENCE, "both reports are ready")

    first.refresh_from_db()
    assert (first.attempts, first.lost_leases) == (0, 0)


def test_a_worker_asked_to_stop_finishes_what_it_has_begun(edition_row: EditionRow, quick: dict[str, str]) -> None:
    ask(2)
    for report in Report.objects.all():
        notify_worker(report.pk)
    with celery_worker(concurrency=1, settings=quick) as worker:
        wait_until(rendering, PATIENCE, "a report is being made")
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)
    assert ready() >= 1
    assert not Report.objects.filter(state=ReportState.RENDERING).exists()


def test_a_worker_killed_in_the_middle_of_a_bundle_is_followed_by_the_next(
    edition_row: EditionRow, quick: dict[str, str]
) -> None:
    """The first worker is stuck at a report that is a pipe with nothing in it, until it is killed."""
    consultancy = ConsultancyFactory.create()
    bundle = ask_for_bundle(consultancy, [result_of(consultancy, name) for name in "AB"], member(consultancy))
    make_all_ready(bundle)
    last = Report.objects.get(result__assessment__organisation__name="B")
    path = Path(default_storage.path(last.file))
    content = path.read_bytes()
    path.unlink()
    os.mkfifo(path)
    with celery_worker(concurrency=1, beat=True, settings=quick) as worker:
        wait_until(lambda: Bundle.objects.filter(progress=45).exists(), PATIENCE, "the first report is inside")
        os.killpg(worker.pid, signal.SIGKILL)
    path.unlink()
    path.write_bytes(content)
    with celery_worker(concurrency=1, beat=True, settings=quick):
        wait_until(lambda: Bundle.objects.filter(state=ReportState.READY).exists(), PATIENCE, "the bundle is ready")

    bundle.refresh_from_db()
    assert (bundle.attempts, bundle.lost_leases) == (0, 1)
    assert len(inside(bundle)) == 3
    assert default_storage.listdir(BUNDLES)[1].count(Path(bundle.file).name) == 1
