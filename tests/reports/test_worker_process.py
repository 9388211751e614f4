"""What a worker does before its first report."""

import gc
import resource
import subprocess
import sys
import weakref

import pytest
from celery.signals import task_postrun, task_prerun
from django.conf import settings
from django.db import connections

from assessments.models import EditionRow
from reports import tasks
from reports.formats import pdf
from reports.formats.renderer import RenderedReport
from reports.worker import process, warmup


@pytest.mark.django_db
def test_warming_up_makes_a_small_report_of_the_newest_edition(
    edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[RenderedReport] = []
    make = pdf.render_pdf
    monkeypatch.setattr(pdf, "render_pdf", lambda document: made.append(make(document)))

    warmup.warm_up()

    assert 5 < (made[0].pages or 0) < 20


@pytest.mark.django_db
def test_without_an_edition_it_warms_what_it_can() -> None:
    warmup.warm_up()
    assert pdf._render_context.cache_info().currsize == 1


def test_a_failure_to_warm_is_not_the_end(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(warmup, "warm_up", broken)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)

    process.prepare_worker()

    assert "could not warm up" in caplog.text


def test_memory_is_limited_in_the_child() -> None:
    program = (
        "import django; django.setup()\n"
        "from reports.worker.process import limit_memory; limit_memory()\n"
        "import resource; print(*resource.getrlimit(resource.RLIMIT_AS))\n"
        "try: bytearray(4 * 1024**3)\n"
        "except MemoryError: print('refused')\n"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    soft, hard, outcome = int(printed[0]), int(printed[1]), printed[2]
    assert outcome == "refused"
    assert soft == hard != resource.RLIM_INFINITY
    assert soft < (settings.REPORT_MEMORY_MB + 1024) * 1024 * 1024


class Box:
    """As in a page's tree: it knows its parent, which knows it."""

    def __init__(self) -> None:
        self.parent = self


@pytest.mark.parametrize(("task", "stays"), [(tasks.render_report, False), (tasks.notify_due_reports, True)])
def test_what_a_render_leaves_behind_in_circles_is_collected(task: object, stays: bool) -> None:
    gc.disable()
    try:
        left_behind = weakref.ref(Box())
        task_postrun.send(sender=task, task=task)
        assert (left_behind() is not None) is stays
    finally:
        gc.enable()


@pytest.mark.parametrize(("task", "rests"), [(tasks.render_report, True), (tasks.notify_due_reports, False)])
def test_the_collector_rests_until_a_report_is_finished(task: object, rests: bool) -> None:
    task_prerun.send(sender=task, task=task)
    try:
        assert gc.isenabled() is not rests
        task_postrun.send(sender=task, task=task)
        assert gc.isenabled()
    finally:
        gc.enable()
