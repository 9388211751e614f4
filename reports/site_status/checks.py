"""What the web server needs to do its work, asked one by one."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from celery import current_app
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from kombu import Connection

from reports.queries import oldest_waiting

logger = structlog.get_logger(__name__)

BROKER_SECONDS = 2
LONGEST_WAIT = timedelta(minutes=5)
"""A report takes seconds; if one has waited this long, there is no worker."""
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """In bytes: what the folder of the stored files still takes, and what its disk has in all."""

    free: int
    size: int


def failed_checks() -> list[str]:
    """Names of CHECKS. Why each failed is in the log alone: whoever asks may be anybody."""
    return [name for name, passes in CHECKS.items() if not _passes(passes)]


def database_answers() -> bool:
    """Raises whatever the connection says if it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def broker_connection() -> Connection:
    """To where messages for workers are sent; not opened yet."""
    line: Connection = current_app.connection_for_write()
    return line


def broker_answers() -> bool:
    """Raises whatever the connection says if it takes no messages."""
    with broker_connection() as line:
        line.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return True


def queue_moves() -> bool:
    """Whether no report has waited for longer than LONGEST_WAIT."""
    waiting = oldest_waiting(timezone.now())
    return waiting is None or waiting <= LONGEST_WAIT


def disk_has_room() -> bool:
    """Whether DISK_FREE_MB are left; a storage that is no folder has no end."""
    space = disk_space()
    return space is None or space.free >= settings.DISK_FREE_MB * MEGABYTE


def disk_space() -> DiskSpace | None:
    """None where the storage is no folder. A folder that is not made yet is on the disk of the one above it."""
    try:
        folder = Path(default_storage.path(""))
    except NotImplementedError:
        return None
    place = next(each for each in (folder, *folder.parents) if each.exists())
    found = os.statvfs(place)
    return DiskSpace(free=found.f_bavail * found.f_frsize, size=found.f_blocks * found.f_frsize)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever it is, the answer is "not ready"
        logger.warning("not_ready", check=check.__name__, exc_info=True)
        return False


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": database_answers,
    "broker": broker_answers,
    "queue": queue_moves,
    "disk": disk_has_room,
}
