"""/healthz: this process answers. /readyz: what it depends on answers too. Neither needs a session."""

import math
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Lock

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from kombu import Connection

from config.celery import app
from config.middleware.headers import BARE
from reports.queries import oldest_waiting

logger = structlog.get_logger(__name__)

BROKER_SECONDS = 2
KEPT_SECONDS = 1.0
# A report takes seconds; if one has waited this long, there is no worker.
LONGEST_WAIT = timedelta(minutes=5)


class HealthCheckMiddleware:
    """Must be the first middleware: a probe uses the host name of a container and has no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.recent = RecentChecks()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"alive": True}, headers=BARE)
        if request.path == "/readyz":
            failed = self.recent.failed()
            return JsonResponse({"ready": not failed, "failed": failed}, status=503 if failed else 200, headers=BARE)
        return self.get_response(request)


class RecentChecks:
    """What failed at the last look: whoever asks often makes nobody look more than once in KEPT_SECONDS."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.looked_at = -math.inf
        self.names: list[str] = []

    def failed(self) -> list[str]:
        with self.lock:
            if time.monotonic() - self.looked_at >= KEPT_SECONDS:
                self.names = failed_checks()
                self.looked_at = time.monotonic()
            return self.names


def failed_checks() -> list[str]:
    """Only names: the response is public; details are in the log."""
    return [name for name, passes in CHECKS.items() if not _passes(passes)]


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever it is, the answer is "not ready"
        logger.warning("not_ready", check=check.__name__, exc_info=True)
        return False


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def broker_connection() -> Connection:
    connection: Connection = app.connection_for_write()
    return connection


def broker() -> bool:
    with broker_connection() as line:
        line.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return True


def queue() -> bool:
    waiting = oldest_waiting(timezone.now())
    return waiting is None or waiting <= LONGEST_WAIT


CHECKS: Mapping[str, Callable[[], bool]] = {"database": database, "broker": broker, "queue": queue}
