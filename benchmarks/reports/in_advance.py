"""From the click to the file: made when somebody asks, made in advance, and while many are being made in advance."""

from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter, sleep

from django.conf import settings
from django.utils import timezone

from assessments.bank.types import Depth
from assessments.models import Result
from benchmarks.measuring import Figure
from reports import services
from reports.in_advance import services as in_advance
from reports.in_advance.services import queue_in_advance
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.runs import answered_run, finish

CLICKS, FLOOD = 12, 40
PATIENCE_SECONDS = 120
SWITCHED_ON = {"REPORTS_IN_ADVANCE": "true"}
AT_ONCE_MS = 100


def figures() -> Iterable[Figure]:
    """One worker with one process, in which whatever is being made is in the way of everybody."""
    in_advance.MOST_OF_AN_ORGANISATION_IN_A_DAY = FLOOD + 1
    result = finish(answered_run(depth=Depth.STANDARD, levels=2))
    with celery_worker(beat=True, settings=SWITCHED_ON):
        _click_anew(result)
        asked = 1000 * median(_click_anew(result) for _ in range(CLICKS))
        yield Figure("click to ready, made when somebody asks", asked, "ms")
        yield from _made_in_advance(result)
        yield from _crowded(result, 2.5 * asked)


def _made_in_advance(result: Result) -> Iterable[Figure]:
    queued, made, ready = [], [], []
    for _ in range(CLICKS):
        Report.objects.all().delete()
        queued.append(_seconds(lambda: _queue(result, settings.LANGUAGE_CODE)))
        made.append(_seconds(lambda: _wait_for(Report.objects.get())))
        ready.append(_click(result))
    yield Figure("click to ready, made in advance", 1000 * median(ready), "ms", AT_ONCE_MS)
    yield Figure("what submitting takes longer", 1000 * median(queued), "ms", AT_ONCE_MS)
    yield Figure("ready after submitting, median", median(made), "s")
    yield Figure("ready after submitting, at the most", max(made), "s")


def _crowded(result: Result, bar: float) -> Iterable[Figure]:
    """Languages that nobody speaks are as good as other results."""
    for number in range(FLOOD):
        _queue(result, f"en-{number}")
    _wait_until(lambda: Report.objects.filter(state=ReportState.RENDERING).exists())
    clicks = [1000 * _click_anew(result) for _ in range(CLICKS)]
    left = Report.objects.filter(requested_by=None).exclude(state=ReportState.READY).count()
    yield Figure(f"click to ready while {FLOOD} are being made in advance, median", median(clicks), "ms", bar)
    yield Figure("the slowest of these clicks", max(clicks), "ms")
    yield Figure("in advance still to be made after these clicks", left, "")


def _queue(result: Result, language: str) -> None:
    queue_in_advance(result=result, language=language, now=timezone.now())


def _click_anew(result: Result) -> float:
    Report.objects.filter(language=settings.LANGUAGE_CODE).delete()
    return _click(result)


def _click(result: Result) -> float:
    """Seconds from asking to the finished row."""
    asks, language = result.finished_by, settings.LANGUAGE_CODE
    return _seconds(
        lambda: _wait_for(
            services.request_report(result=result, requested_by=asks, language=language, now=timezone.now())
        )
    )


def _wait_for(report: Report) -> None:
    _wait_until(lambda: Report.objects.filter(pk=report.pk, state=ReportState.READY).exists())


def _wait_until(holds: Callable[[], bool]) -> None:
    start = perf_counter()
    while not holds():
        if perf_counter() - start > PATIENCE_SECONDS:
            raise RuntimeError("the worker did not make the report")
        sleep(0.005)


def _seconds(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start
