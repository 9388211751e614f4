"""A ZIP of many clients' reports: the memory it takes must not grow with their number."""

import gc
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from django.utils import timezone

from assessments.models import Result
from benchmarks.measuring import Figure
from reports.bundles import services
from reports.bundles.making import assemble_bundle
from reports.models import Bundle, Report
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import ask, make_ready, result_of

FEW, MANY = 20, 200
REPORT_BYTES = 400_000
MEGABYTE = 1024 * 1024
FORGET_PEAK = "5"
"""Written to clear_refs, this resets the peak memory."""


def figures() -> Iterable[Figure]:
    consultancy = ConsultancyFactory.create()
    consultant = member(consultancy)
    results = [result_of(consultancy, f"Client {number}") for number in range(MANY)]
    for result in results:
        _ready(result, ask(consultancy, [result], consultant))
    _make(ask(consultancy, results[:1], consultant))
    gc.collect()
    gc.freeze()  # as a worker does before its first task
    few, _ = _make(ask(consultancy, results[:FEW], consultant))
    asked = perf_counter()
    bundle = ask(consultancy, results, consultant)
    asked = perf_counter() - asked
    many, seconds = _make(bundle)
    bundle.refresh_from_db()
    yield Figure(f"asking for {MANY} reports in one file", 1000 * asked, "ms")
    yield Figure(f"{MANY} reports into one file, {(bundle.size or 0) / MEGABYTE:.0f} MB", seconds, "s")
    yield Figure(f"peak memory of the process for {FEW} reports", few, "MB")
    yield Figure(f"peak memory for {MANY} reports / for {FEW}", many / few, "x", 1.05)


def _ready(result: Result, bundle: Bundle) -> None:
    make_ready(Report.objects.get(result=result), b"x" * REPORT_BYTES)
    bundle.delete()


def _make(bundle: Bundle) -> tuple[float, float]:
    """Peak megabytes of the process meanwhile, and seconds."""
    claim = services.claim_bundle(bundle_id=bundle.pk, now=timezone.now())
    assert claim is not None
    Path("/proc/self/clear_refs").write_text(FORGET_PEAK)
    start = perf_counter()
    assemble_bundle(claim)
    seconds = perf_counter() - start
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024, seconds
