"""/healthz: this process answers. /readyz: what it depends on answers too. Neither needs a session."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from kombu import Connection

from config.celery import app
from reports.queries import oldest_waiting

logger = structlog.get_logger(__name__)

BROKER_SECONDS = 2
# A report takes seconds; if one has waited this long, there is no worker.
LONGEST_WAIT = timedelta(minutes=5)


class HealthCheckMiddleware:
    """Must be the first middleware: a probe uses the host name of a container and has no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"alive": True})
        if request.path == "/readyz":
            failed = failed_checks()
            return JsonResponse({"ready": not failed, "failed": failed}, status=503 if failed else 200)
        return self.get_response(request)


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
