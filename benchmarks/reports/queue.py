"""1,000 small reports asked for at once: how much of the workers' time goes into making them."""

from collections.abc import Iterable
from time import monotonic, sleep

from django.db.models import Count, F, Max, Min, Sum
from django.utils import timezone

from benchmarks.measuring import Figure
from reports import services
from reports.kinds.registry import STATEMENT
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.runs import finished_run

REPORTS, RESULTS, CHILDREN = 1_000, 10, 2
PATIENCE_SECONDS = 1_800
MOST_IDLE = 10
"""Per cent of the workers' time between one report and the next."""


def figures() -> Iterable[Figure]:
    results = [finished_run() for _ in range(RESULTS)]
    asked = monotonic()
    for number in range(REPORTS):
        result = results[number % RESULTS]
        services.request_report(
            result=result,
            requested_by=result.finished_by,
            language=f"en-{number // RESULTS}",
            now=timezone.now(),
            kind=STATEMENT,
        )
    asked = monotonic() - asked
    with celery_worker(concurrency=CHILDREN, beat=True):
        started = monotonic()
        while Report.objects.filter(state=ReportState.READY).count() < REPORTS:
            if monotonic() - started > PATIENCE_SECONDS:
                raise RuntimeError("the workers did not make the reports")
            sleep(0.5)
    made = Report.objects.aggregate(
        spent=Sum(F("ready_at") - F("begun_at")), first=Min("begun_at"), last=Max("ready_at"), there=Count("pk")
    )
    whole = (made["last"] - made["first"]).total_seconds()
    spent = made["spent"].total_seconds()
    yield Figure(f"asking for {REPORTS} statements", asked, "s")
    yield Figure(f"{REPORTS} statements by {CHILDREN} children", whole, "s")
    yield Figure("reports a second", REPORTS / whole, "")
    yield Figure("time of a child between its reports", 100 * (1 - spent / (CHILDREN * whole)), "%", MOST_IDLE)
