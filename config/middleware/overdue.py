"""Requests that never end. gunicorn's heartbeat comes from another thread, so it would never miss one that computes."""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import structlog

logger = structlog.get_logger(__name__)

LONGEST_SECONDS = 90.0
"""deploy/nginx.conf waits 60 for an answer; a statement of the database has 30."""
GRACE_SECONDS = 20.0
"""For the other requests of the process, as `graceful_timeout` in config/gunicorn.py."""
LOOK_EVERY_SECONDS = 1.0

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class OverdueRequests:
    """Ends this process once a request has been worked on for `longest` seconds; gunicorn then starts another.

    A thread that computes cannot be ended alone. Other requests get the time to end first. What it takes to send a
    large answer does not count, nor what comes before: wrap what is called with the whole request. Under other servers
    nothing is watched: they would start no process in the place of this one.
    """

    def __init__(
        self, application: Application, *, longest: float = LONGEST_SECONDS, grace: float = GRACE_SECONDS
    ) -> None:
        self._application = application
        self._longest = longest
        self._grace = grace
        self._begun: dict[int, float] = {}
        self._lock = threading.Lock()
        self._is_watching = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "gunicorn.socket" not in environ:
            return self._application(environ, start_response)
        self._watch()
        thread = threading.get_ident()
        self._begun[thread] = time.monotonic()
        try:
            return self._application(environ, start_response)
        finally:
            del self._begun[thread]

    def overdue(self, now: float) -> int | None:
        """The thread of a request that has taken too long at `now`, as of time.monotonic()."""
        return next((thread for thread, begun in list(self._begun.items()) if now - begun > self._longest), None)

    def _watch(self) -> None:
        """From the first request on: a thread that is started before a process forks stays behind."""
        with self._lock:
            if not self._is_watching:
                self._is_watching = True
                threading.Thread(target=self._look, daemon=True, name="overdue-requests").start()

    def _look(self) -> None:
        while (thread := self.overdue(time.monotonic())) is None:
            time.sleep(LOOK_EVERY_SECONDS)
        logger.critical("request_never_ends", where=_where(thread))
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(self._grace)
        os._exit(os.EX_SOFTWARE)


def _where(thread: int) -> list[str]:
    """Files and lines, innermost last; no values."""
    frame = sys._current_frames().get(thread)
    return [f"{each.filename}:{each.lineno}" for each in traceback.extract_stack(frame)[-10:]] if frame else []
