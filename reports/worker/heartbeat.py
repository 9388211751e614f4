"""A worker's sign of life: keeps its claim while it works, however long one step takes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from reports.queue import lifecycle
from reports.queue.lifecycle import Claim

BEATS_PER_LEASE = 3


@contextmanager
def heartbeat(claim: Claim) -> Iterator[None]:
    """Beats in a separate thread inside the block. A process that is killed, or stuck outside Python, stops beating."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(claim, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(claim: Claim, over: threading.Event) -> None:
    pause = lifecycle.lease().total_seconds() / BEATS_PER_LEASE
    try:
        while not over.wait(pause):
            if not lifecycle.keep_claim(claim=claim, now=timezone.now()):
                break
    finally:
        connection.close()
