"""`python -m config.probe web|worker|scheduler`: the health check of a container; exit code 0 is healthy."""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

SCHEDULE = Path("/tmp/schedule")  # noqa: S108 (a container's own)
# The scheduler writes its file every three minutes.
STALE_SECONDS = 600


def web() -> bool:
    port = os.environ.get("BIND", ":8000").rpartition(":")[2]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=4) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def worker() -> bool:
    from config.celery import app

    return bool(app.control.ping(destination=[f"celery@{socket.gethostname()}"], timeout=5))


def scheduler(schedule: Path = SCHEDULE) -> bool:
    """Depending on the database module of Python, the file name has another suffix."""
    newest = max((path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")), default=0.0)
    return time.time() - newest < STALE_SECONDS


PROBES: Mapping[str, Callable[[], bool]] = {"web": web, "worker": worker, "scheduler": scheduler}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
