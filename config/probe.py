"""`python -m config.probe web|worker|scheduler`: the health check of a container; exit code 0 is healthy."""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

SCHEDULE = Path("/tmp/schedule")  # noqa: S108 (a container's own)
# The scheduler writes its file every three minutes.
STALE_SECONDS = 600
# A worker touches its file every few seconds: config/alive.py.
SILENT_SECONDS = 60


def web() -> bool:
    port = os.environ.get("BIND", ":8000").rpartition(":")[2]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=4) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def worker() -> bool:
    try:
        return time.time() - Path(os.environ["WORKER_ALIVE"]).stat().st_mtime < SILENT_SECONDS
    except (KeyError, OSError):
        return False


def scheduler(schedule: Path = SCHEDULE) -> bool:
    """It is a worker as well. Depending on the database module of Python, the schedule's file name has a suffix."""
    newest = max((path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")), default=0.0)
    return worker() and time.time() - newest < STALE_SECONDS


PROBES: Mapping[str, Callable[[], bool]] = {"web": web, "worker": worker, "scheduler": scheduler}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
