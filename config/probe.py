"""`python -m config.probe web|worker|scheduler|backup`: the health check of a container; exit code 0 is healthy."""

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
# A container's own, made as it starts.
STARTED = Path("/proc/1")
BACKUP_GRACE_HOURS = 2.0
# A worker touches its file every few seconds: config/alive.py.
SILENT_SECONDS = 60


def web() -> bool:
    """Through the door of its own, if there is one: people may have all other threads."""
    port = (os.environ.get("PROBE_BIND") or os.environ.get("BIND", ":8000")).rpartition(":")[2]
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


def backup() -> bool:
    """Whether the newest backup is not much older than it may be, or it has not had the time to make one yet."""
    hours = float(os.environ.get("BACKUP_HOURS", "24"))
    folder = Path(os.environ.get("BACKUP_FOLDER", "/var/lib/evenkeel/backups"))
    times = [each.stat().st_mtime for each in folder.glob("evenkeel-*.zip*")]
    return time.time() - max(times, default=STARTED.stat().st_mtime) < (hours + BACKUP_GRACE_HOURS) * 3600


PROBES: Mapping[str, Callable[[], bool]] = {"web": web, "worker": worker, "scheduler": scheduler, "backup": backup}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
