"""Waiting for what another process does, in the database that both see."""

import time
from collections.abc import Callable

PAUSE = 0.05


def wait_until(true: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(PAUSE)
