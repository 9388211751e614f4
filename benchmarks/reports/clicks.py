"""From the click to the file: workings and the owner's report, the first after a start of the worker."""

import gc
from collections.abc import Iterable
from statistics import median
from time import perf_counter, sleep

from django.conf import settings
from django.utils import timezone

from assessments.bank.types import Depth
from assessments.models import Result
from benchmarks.measuring import Figure
from reports import services
from reports.formats import pdf
from reports.kinds.registry import OWNER, WORKINGS, ReportKind
from reports.models import Report, ReportState
from reports.worker import rendering
from tests.celery_worker import celery_worker
from tests.runs import answered_run, finish

STARTS, CLICKS = 3, 6
PATIENCE_SECONDS = 120
OWNER_OF_WORKINGS = 1.2 / 2.5
"""The owner's report within 1.2 s on a machine where the workings take 2.5 s."""


def figures() -> Iterable[Figure]:
    result = finish(answered_run(depth=Depth.STANDARD, levels=2))
    firsts, workings, owners, renders = [], [], [], []
    for _ in range(STARTS):
        with celery_worker():
            firsts.append(click(result, WORKINGS))
            for _ in range(CLICKS):
                workings.append(click(result, WORKINGS))
                renders.append(_render_of(Report.objects.latest("requested_at")))
                owners.append(click(result, OWNER))
    render, whole, owner = (1000 * median(each) for each in (renders, workings, owners))
    yield Figure("a render of workings in a warm process, with what it reads", render, "ms")
    yield Figure("workings, click to ready, warm worker", whole, "ms", 1.05 * render + 100)
    yield Figure("owner's report, click to ready, warm worker", owner, "ms", OWNER_OF_WORKINGS * whole)
    yield Figure("first report after a start / later ones", median(firsts) / median(workings), "x", 1.05)


def click(result: Result, kind: ReportKind) -> float:
    """Seconds from asking to the finished row. The previous one is deleted, or it would be returned.

    In one language: a process keeps the texts of each that it has once used.
    """
    Report.objects.filter(result=result).delete()
    start = perf_counter()
    report = services.request_report(
        result=result,
        requested_by=result.finished_by,
        language=settings.LANGUAGE_CODE,
        now=timezone.now(),
        kind=kind,
    )
    while not Report.objects.filter(pk=report.pk, state=ReportState.READY).exists():
        if perf_counter() - start > PATIENCE_SECONDS:
            raise RuntimeError("the worker did not make the report")
        sleep(0.005)
    return perf_counter() - start


def _render_of(report: Report) -> float:
    gc.collect()
    start = perf_counter()
    pdf.render_pdf(rendering.document_of(report))
    return perf_counter() - start
