"""Where the processes of one web server count together, so that whichever is asked tells of all.

prometheus-client keeps one file for each process id. gunicorn replaces its processes every few thousand requests, so
these files would pile up, and each scrape reads them all. Here a process takes the lowest place that is free, and goes
on counting in the files of whoever had it before: never more files than processes at once, and no count is ever lost.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The name that prometheus-client looks for."""
MEMORY = Path("/dev/shm")  # noqa: S108 (a container's own)


def count_together() -> None:
    """In the master process, before it makes others: a folder in memory for their counts."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="evenkeel-metrics-", dir=MEMORY if MEMORY.is_dir() else None)


def forget_counts() -> None:
    """In the master process, at its end."""
    shutil.rmtree(os.environ.pop(FOLDER, ""), ignore_errors=True)


def counts_folder() -> str:
    """Empty where one process serves alone."""
    return os.environ.get(FOLDER, "")


def use_places() -> None:
    """Before the first counter is made: it would name its file by the process id."""
    # Not at the top: the library decides by the environment, at its first import.
    from prometheus_client import values

    if counts_folder():
        chosen: Callable[[], Any] = process_place
        values.ValueClass = values.MultiProcessValue(chosen)


class _Place:
    """Held until the process ends, however it ends: the system takes the lock away with it."""

    def __init__(self) -> None:
        self.process, self.number, self.file = 0, 0, -1

    def take(self) -> int:
        if self.process != os.getpid():
            self.number, self.file = next(filter(None, map(_locked, count())))
            self.process = os.getpid()
        return self.number


def _locked(number: int) -> tuple[int, int] | None:
    file = os.open(Path(counts_folder()) / f"{number}.place", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return number, file


process_place = _Place().take
"""A number that no other running process of this server has."""
