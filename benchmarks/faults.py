"""Many reports while workers are killed and the broker loses messages: each is made exactly once. Takes minutes."""

import os
import signal
from collections.abc import Iterable
from time import monotonic, sleep

import pikepdf
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils import timezone

from assessments.models import Result
from benchmarks.measuring import Figure
from reports import services, storage
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.runs import finished_run

REPORTS = 200
KILL_SECONDS, WIPE_SECONDS = 3, 10
QUICK = {"REPORT_LEASE_SECONDS": "6", "REPORT_SWEEP_SECONDS": "2"}
PATIENCE_SECONDS = 1_800


def figures() -> Iterable[Figure]:
    result = finished_run()
    for number in range(REPORTS):
        _ask(result, f"en-{number}")
    started, kills, wipes = monotonic(), 0, 0
    while _open() and monotonic() - started < PATIENCE_SECONDS:
        with celery_worker(concurrency=2, beat=True, settings=QUICK) as worker:
            sleep(KILL_SECONDS)
            os.killpg(worker.pid, signal.SIGKILL)
            kills += 1
        if monotonic() - started > WIPE_SECONDS * (wipes + 1):
            _wipe()
            wipes += 1
    ready = list(Report.objects.filter(state=ReportState.READY))
    yield Figure(f"{REPORTS} reports, worker killed after {KILL_SECONDS} s each time", monotonic() - started, "s")
    yield Figure("workers killed", kills, "")
    yield Figure("times the broker was wiped", wipes, "")
    yield Figure("reports lost", REPORTS - len(ready), "", 0)
    yield Figure("files that do not open or have other pages", sum(not _opens(report) for report in ready), "", 0)
    yield Figure("files that two reports share", len(ready) - len({report.file for report in ready}), "", 0)
    yield Figure("attempts", Report.objects.aggregate(all=Sum("attempts"))["all"], "")
    yield Figure("files left behind, for the hourly sweep", _left_behind(), "")


def _ask(result: Result, language: str) -> None:
    services.request_report(result=result, requested_by=result.finished_by, language=language, now=timezone.now())


def _open() -> bool:
    return Report.objects.filter(state__in=(ReportState.QUEUED, ReportState.RENDERING)).exists()


def _wipe() -> None:
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        broker.flushdb()


def _opens(report: Report) -> bool:
    with pikepdf.open(default_storage.path(report.file)) as opened:
        return len(opened.pages) == report.pages


def _left_behind() -> int:
    return len(default_storage.listdir(storage.REPORTS)[1]) - Report.objects.filter(state=ReportState.READY).count()
