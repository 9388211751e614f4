"""/healthz: this process answers. /readyz: what it depends on answers too. /metrics: figures, for who has the token.

None of them needs a session.
"""

import math
import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from config.middleware.headers import BARE, ISOLATION
from config.monitoring.exposition import exposition
from reports.site_status.checks import failed_checks

KEPT_SECONDS = 1.0
HEADERS = {**BARE, **ISOLATION, "X-Frame-Options": "DENY"}


class HealthCheckMiddleware:
    """Must be the first middleware: a probe uses the host name of a container and has no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Its headers without its redirect: a probe speaks plain HTTP.
        self.security = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = probe_response(request.path, request.headers.get("Authorization", ""))
        return self.security.process_response(request, answer) if answer else self.get_response(request)


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


recent_checks = RecentChecks()


def probe_response(path: str, authorization: str) -> HttpResponse | None:
    """None for every other address. /metrics does not exist for whoever has no token."""
    if path == "/healthz":
        return JsonResponse({"alive": True}, headers=HEADERS)
    if path == "/readyz":
        failed = recent_checks.failed()
        return JsonResponse({"ready": not failed, "failed": failed}, status=503 if failed else 200, headers=HEADERS)
    if path == "/metrics" and _has_token(authorization):
        text = exposition(recent_checks.failed())
        return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4, headers=HEADERS)
    return None


def _has_token(authorization: str) -> bool:
    """As Prometheus shows it: `Authorization: Bearer …`."""
    scheme, _space, shown = authorization.partition(" ")
    token = settings.METRICS_TOKEN
    return bool(token) and scheme.lower() == "bearer" and constant_time_compare(shown.strip(), token)
