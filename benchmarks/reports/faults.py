"""Many reports while everything around them fails: each is made exactly once, and none fails. Takes minutes.

The worker is killed twice the time of a render after it has begun one. Redis is emptied every ten seconds and away for
half a minute twice, once gone and once silent. A process of PostgreSQL is killed every 15 seconds, after which it
throws everybody out and recovers, as after an immediate stop.
"""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from time import monotonic, sleep
from typing import TypeVar

import pikepdf
import psycopg2
import redis
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, Max, Sum
from django.utils import timezone

from assessments.models import Result
from benchmarks.measuring import Figure
from reports import services, storage
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.faults.own_redis import OwnRedis, own_redis
from tests.runs import finished_run

REPORTS, RESULTS = 200, 4
"""There is a limit to the reports of one result."""
WIPE_SECONDS, CRASH_SECONDS, AWAY_SECONDS = 10, 15, 30
AWAY_AT = (20, 80)
"""Seconds after the start: gone at the first, silent at the second."""
QUICK = {"REPORT_LEASE_SECONDS": "6", "REPORT_SWEEP_SECONDS": "2"}
PATIENCE_SECONDS = 1_800
CHILDREN, BEGUN_SECONDS = 2, 40
"""A worker that finds Redis away begins nothing for that long."""

Value = TypeVar("Value")


def figures() -> Iterable[Figure]:
    results = [finished_run() for _ in range(RESULTS)]
    with own_redis() as broker:
        settings = {**QUICK, "REDIS_URL": broker.url}
        pace = _seconds_of_a_render(results[0], settings)
        for number in range(REPORTS):
            _ask(results[number % RESULTS], f"en-{number}")
        started = monotonic()
        with _faults(broker) as counts:
            while _undisturbed(_open) and monotonic() - started < PATIENCE_SECONDS:
                with celery_worker(concurrency=CHILDREN, beat=True, settings=settings) as worker:
                    _wait_until_begun(timezone.now())
                    sleep(2 * pace)
                    os.killpg(worker.pid, signal.SIGKILL)
                    counts["workers killed"] += 1
        took = monotonic() - started
    yield Figure("a render", pace, "s")
    yield Figure(f"{REPORTS} reports under all faults", took, "s")
    for name, count in counts.items():
        yield Figure(name, count, "")
    yield from _outcome()


def _outcome() -> Iterable[Figure]:
    ready = list(_undisturbed(lambda: list(Report.objects.filter(state=ReportState.READY))))
    sums = Report.objects.aggregate(attempts=Sum("attempts"), most=Max("lost_leases"), lost=Sum("lost_leases"))
    yield Figure("reports lost", REPORTS - len(ready), "", 0)
    yield Figure("reports failed", Report.objects.filter(state=ReportState.FAILED).count(), "", 0)
    yield Figure("files that do not open or have other pages", sum(not _opens(report) for report in ready), "", 0)
    yield Figure("files that two reports share", len(ready) - len({report.file for report in ready}), "", 0)
    yield Figure("attempts used up", sums["attempts"], "", 0)
    yield Figure("leases lost", sums["lost"], "")
    yield Figure("most leases lost by one report", sums["most"], "")
    yield Figure("files left behind, for the hourly sweep", _left_behind(), "")


def _seconds_of_a_render(result: Result, settings: dict[str, str]) -> float:
    """With all children at work, not the first of each."""
    with celery_worker(concurrency=CHILDREN, beat=True, settings=settings):
        for number in range(3 * CHILDREN):
            _ask(result, f"xx-{number}")
        while Report.objects.filter(state=ReportState.READY).count() < 3 * CHILDREN:
            sleep(0.01)
    times = Report.objects.order_by("ready_at").values_list(F("ready_at") - F("begun_at"), flat=True)
    pace: float = max(time.total_seconds() for time in list(times)[CHILDREN:])
    Report.objects.all().delete()
    return pace


def _wait_until_begun(since: datetime) -> None:
    deadline = monotonic() + BEGUN_SECONDS
    begun = Report.objects.filter(begun_at__gte=since)
    while monotonic() < deadline and not _undisturbed(begun.exists) and _undisturbed(_open):
        sleep(0.05)


@contextlib.contextmanager
def _faults(broker: OwnRedis) -> Iterator[dict[str, int]]:
    """They happen in a thread, until the block ends. The counts may be added to."""
    counts = {"workers killed": 0, "times Redis was emptied": 0, "times Redis was away": 0, "crashes of PostgreSQL": 0}
    over = threading.Event()
    thread = threading.Thread(target=_cause_faults, args=(broker, over, counts), daemon=True)
    thread.start()
    try:
        yield counts
    finally:
        over.set()
        thread.join()


def _cause_faults(broker: OwnRedis, over: threading.Event, counts: dict[str, int]) -> None:
    started = monotonic()
    ways = [(broker.stop, broker.start), (broker.hang, broker.go_on)]
    while not over.wait(0.2):
        passed = monotonic() - started
        if passed > CRASH_SECONDS * (counts["crashes of PostgreSQL"] + 1):
            _crash_postgresql()
            counts["crashes of PostgreSQL"] += 1
        if passed > WIPE_SECONDS * (counts["times Redis was emptied"] + 1):
            with contextlib.suppress(redis.RedisError), redis.Redis.from_url(broker.url, socket_timeout=1) as line:
                line.flushdb()
            counts["times Redis was emptied"] += 1
        away = counts["times Redis was away"]
        if away < len(ways) and passed > AWAY_AT[away]:
            leave, come_back = ways[away]
            leave()
            over.wait(AWAY_SECONDS)
            come_back()
            counts["times Redis was away"] += 1


def _crash_postgresql() -> None:
    with contextlib.suppress(psycopg2.OperationalError):
        line = psycopg2.connect(**_address())
        os.kill(line.info.backend_pid, signal.SIGKILL)
        line.close()


def _address() -> dict[str, object]:
    found = connection.settings_dict
    return {"host": found["HOST"], "port": found["PORT"], "user": found["USER"], "dbname": found["NAME"]}


def _undisturbed(call: Callable[[], Value]) -> Value:
    """Asks again while the database is away."""
    while True:
        try:
            return call()
        except (OperationalError, InterfaceError):
            connection.close()
            sleep(0.2)


def _ask(result: Result, language: str) -> None:
    services.request_report(result=result, requested_by=result.finished_by, language=language, now=timezone.now())


def _open() -> bool:
    return Report.objects.filter(state__in=(ReportState.QUEUED, ReportState.RENDERING)).exists()


def _opens(report: Report) -> bool:
    with pikepdf.open(default_storage.path(report.file)) as opened:
        return len(opened.pages) == report.pages


def _left_behind() -> int:
    return len(default_storage.listdir(storage.REPORTS)[1]) - Report.objects.filter(state=ReportState.READY).count()
