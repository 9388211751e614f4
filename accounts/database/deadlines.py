"""How long one connection may keep SQLite's only write lock. PostgreSQL lets others write meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_INSTRUCTIONS = 1000
"""Of SQLite's machine, between two looks at the clock: some microseconds."""


@contextmanager
def write_lock_for(seconds: float) -> Iterator[None]:
    """Statements that run longer than that after the beginning fail with OperationalError, and with them the
    transaction. To be entered once the lock is taken.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database, end = connection.connection, time.monotonic() + seconds
    database.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS)
    try:
        yield
    finally:
        database.set_progress_handler(None, 0)
