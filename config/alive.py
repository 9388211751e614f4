"""A worker's sign of life: a file that the loop which reads messages touches every few seconds.

A worker that waits for its broker or hangs does not come round to it. The health check of its container
(config/probe.py) looks at the file, so nothing needs to ask a worker through the queue: what can ask it there can also
tell it to stop.
"""

import os
from pathlib import Path
from typing import Any

from celery import bootsteps

TOUCH_SECONDS = 5


class Alive(bootsteps.StartStopStep):
    """A part of the worker, as Celery starts and stops them; does nothing unless WORKER_ALIVE names a file."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker: Any, **_options: Any) -> None:
        self.file, self.entry = os.environ.get("WORKER_ALIVE", ""), None

    def start(self, worker: Any) -> None:
        if self.file:
            self.entry = worker.timer.call_repeatedly(TOUCH_SECONDS, Path(self.file).touch)

    def stop(self, worker: Any) -> None:
        if self.entry:
            self.entry.cancel()
