"""Redis goes away, or hangs, while a worker makes a report: the report is made, and the worker goes on."""

import subprocess
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone

from assessments.models import EditionRow
from reports import services
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.faults.own_redis import OwnRedis, own_redis
from tests.faults.waiting import wait_until
from tests.runs import finished_run

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "Redis" not in settings.CACHES["default"]["BACKEND"], reason="the embedded default has no Redis"
    ),
]

PATIENCE = 180


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    with own_redis() as redis:
        yield redis


@pytest.fixture
def worker(edition_row: EditionRow, redis: OwnRedis, quick: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Its sweeper finds the reports: the test's own process has another broker."""
    with celery_worker(beat=True, settings={**quick, "REDIS_URL": redis.url}) as worker:
        yield worker


def ask() -> Report:
    result = finished_run()
    return services.request_report(result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now())


def wait_for(state: ReportState, report: Report) -> None:
    wait_until(lambda: Report.objects.filter(pk=report.pk, state=state).exists(), PATIENCE, f"a report is {state}")


def is_as_if_nothing_had_been(worker: subprocess.Popen[str]) -> None:
    """Another report is made by the same worker, and none has lost an attempt."""
    wait_for(ReportState.READY, ask())
    assert worker.poll() is None
    assert set(Report.objects.values_list("attempts", "state")) == {(0, ReportState.READY)}


def test_redis_goes_away_and_comes_back_empty(worker: subprocess.Popen[str], redis: OwnRedis) -> None:
    report = ask()
    wait_for(ReportState.RENDERING, report)
    redis.stop()
    wait_for(ReportState.READY, report)
    redis.start()
    is_as_if_nothing_had_been(worker)


def test_redis_hangs(worker: subprocess.Popen[str], redis: OwnRedis) -> None:
    report = ask()
    wait_for(ReportState.RENDERING, report)
    redis.hang()
    wait_for(ReportState.READY, report)
    redis.go_on()
    is_as_if_nothing_had_been(worker)
