"""Reports: the render against plain WeasyPrint, from click to file, the first after a start, memory."""

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep

from django.conf import settings
from django.utils import timezone

from assessments.bank.types import Depth
from assessments.editions.shipped import shipped_editions
from assessments.models import Result
from benchmarks.measuring import Figure
from reports import services
from reports.document import build
from reports.formats import pdf
from reports.formats.fonts import FILES
from reports.kinds.registry import WORKINGS
from reports.models import Report, ReportState
from reports.worker import rendering
from tests.celery_worker import celery_worker
from tests.reports.samples import mixed
from tests.runs import answered_run, finish

ROUNDS, STARTS, CLICKS = 9, 3, 6
FEW, MANY = 10, 100
PATIENCE_SECONDS = 120
DEPTH = Depth.STANDARD


def figures() -> Iterable[Figure]:
    yield from _render()
    results = finish(answered_run(depth=DEPTH, levels=2))
    yield from _clicks(results)
    yield from _memory(results)


def _render() -> Iterable[Figure]:
    """Processor time, taking turns, another business each time. Garbage is collected between turns."""
    edition = shipped_editions()[-1]
    pages = [
        pdf.html_of(build(mixed(edition, depth=DEPTH, organisation=f"Bakery {number}"))) for number in range(ROUNDS)
    ]
    style = _style_for_plain()
    plain = [page.replace("</head>", f"<style>{style}</style></head>") for page in pages]
    made = pdf.make_from_html(pages[0])
    _plain_pdf(plain[0])
    times = [
        (_seconds(pdf.make_from_html, ours), _seconds(_plain_pdf, theirs))
        for ours, theirs in zip(pages, plain, strict=True)
    ]
    yield Figure("pages of the full report", made.pages or 0, "")
    yield Figure("its size", len(made.content) / 1024, "KB")
    yield Figure("HTML(string).write_pdf() of the same page, untagged", 1000 * median(t for _, t in times), "ms")
    yield Figure("our render, tagged PDF/UA-1", 1000 * median(o for o, _ in times), "ms")
    yield Figure("ours / plain, median of turns", median(o / t for o, t in times), "x", 0.8)
    yield Figure("ours / plain, best turn of each", min(o for o, _ in times) / min(t for _, t in times), "x")


def _clicks(result: Result) -> Iterable[Figure]:
    firsts, clicks, renders = [], [], []
    for _ in range(STARTS):
        with celery_worker():
            firsts.append(_click(result))
            for _ in range(CLICKS):
                clicks.append(_click(result))
                renders.append(_render_of(Report.objects.latest("requested_at")))
    render, click = 1000 * median(renders), 1000 * median(clicks)
    yield Figure("a render in a warm process, with what it reads", render, "ms")
    yield Figure("click to ready, warm worker", click, "ms", 1.05 * render + 100)
    yield Figure("first report after a start / later ones", median(firsts) / median(clicks), "x", 1.05)


def _memory(result: Result) -> Iterable[Figure]:
    with celery_worker() as worker:
        for _ in range(FEW):
            _click(result)
        before = _resident(worker.pid)
        for _ in range(MANY - FEW):
            _click(result)
        after = _resident(worker.pid)
    yield Figure(f"memory of the worker and its child after {FEW} reports", before, "MB")
    yield Figure(f"memory after {MANY} reports / after {FEW}", after / before, "x", 1.05)


def _seconds(call: Callable[[str], object], page: str) -> float:
    gc.collect()
    start = process_time()
    call(page)
    return process_time() - start


def _plain_pdf(page: str) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=page).write_pdf())


def _style_for_plain() -> str:
    """Our print style sheet with URLs that a plain WeasyPrint can open."""
    static = Path(settings.BASE_DIR) / "static"
    sheet = (static / "css" / "report.css").read_text()
    return sheet.replace("static:fonts/", f"{FILES.as_uri()}/").replace("static:", f"{static.as_uri()}/")


def _click(result: Result) -> float:
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
        kind=WORKINGS,
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


def _resident(pid: int) -> float:
    """Megabytes of a process and its children: private memory and their part of shared memory."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in (str(pid), *children)]
    return sum(int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")) / 1024
