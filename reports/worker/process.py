"""What a worker does before its first report: it warms up once, then forks; each fork gets its memory limit."""

import gc
import logging
import sys
from pathlib import Path
from typing import Any

from celery.signals import task_postrun, task_prerun, worker_init, worker_process_init
from django.conf import settings
from django.db import connections

from reports.queue.notifications import RENDER_TASK
from reports.worker import warmup

logger = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024


@worker_init.connect
def prepare_worker(**_: object) -> None:
    """In the parent, so that every forked child starts warm. A failure only makes the first report slower."""
    try:
        warmup.warm_up()
    except Exception:
        logger.exception("could not warm up; the first report will take longer")
    finally:
        connections.close_all()
    gc.collect()
    gc.freeze()


@task_prerun.connect
def rest_collector(task: Any = None, **_: object) -> None:
    """Until the row is finished: as soon as it worked again, it would go through all that the render has made."""
    if task is not None and task.name == RENDER_TASK:
        gc.disable()


@task_postrun.connect
def collect_garbage(task: Any = None, **_: object) -> None:
    """A render leaves its whole tree of boxes behind, in reference cycles. The row is finished, so nobody waits."""
    if task is not None and task.name == RENDER_TASK:
        gc.collect()
        gc.enable()


@worker_process_init.connect
def limit_memory(**_: object) -> None:
    """A report that needs too much gets MemoryError and fails alone, before the machine runs out of memory."""
    if sys.platform != "linux":
        return
    import resource

    at_rest = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limit = at_rest + settings.REPORT_MEMORY_MB * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
