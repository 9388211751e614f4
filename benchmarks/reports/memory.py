"""Memory of one worker over 500 reports, of every kind in turn: it must stay level."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from assessments.bank.types import Depth
from benchmarks.measuring import Figure
from benchmarks.reports.clicks import click
from reports.kinds.registry import REPORT_KINDS
from reports.models import Report
from tests.celery_worker import celery_worker
from tests.runs import answered_run, finish

FIRST, REPORTS = 50, 500
"""Each kind has been made by the first look."""
LEVEL = 1.05


def figures() -> Iterable[Figure]:
    result = finish(answered_run(depth=Depth.STANDARD, levels=2))
    kinds = [kind for kind in REPORT_KINDS.values() if not kind.compares]
    seen = []
    with celery_worker() as worker:
        for number in range(1, REPORTS + 1):
            click(result, kinds[number % len(kinds)])
            Report.objects.update(requested_at=timezone.now() - timedelta(days=2))  # a person has so many a day
            if number % FIRST == 0:
                seen.append(_resident(worker.pid))
    yield Figure(f"memory of the worker and its child after {FIRST} reports", seen[0], "MB")
    yield Figure(f"the most at every {FIRST}th report", max(seen), "MB")
    yield Figure(f"after {REPORTS}", seen[-1], "MB")
    yield Figure(f"after {REPORTS} / after {FIRST}", seen[-1] / seen[0], "x", LEVEL)


def _resident(pid: int) -> float:
    """Megabytes of a process and its children: private memory and their part of shared memory."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in (str(pid), *children)]
    return sum(int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")) / 1024
