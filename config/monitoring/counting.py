"""What each web process counts: requests by route, and what became of saving and signing in."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from prometheus_client import CollectorRegistry, Counter, Histogram

from config.logs import route_of
from config.monitoring.processes import use_places

use_places()

COUNTS = CollectorRegistry()
"""Of this process alone."""
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

requests_answered = Counter(
    "evenkeel_requests", "Requests that were answered, without static files.", ["route", "status"], registry=COUNTS
)
request_seconds = Histogram(
    "evenkeel_request_seconds", "How long an answer took.", ["route"], buckets=SECONDS, registry=COUNTS
)
saves = Counter("evenkeel_saves", "Forms with answers that were sent.", ["outcome"], registry=COUNTS)
sign_ins = Counter("evenkeel_sign_ins", "Attempts to sign in.", ["step", "outcome"], registry=COUNTS)

SAVING = frozenset({"answer_save", "domain", "question_again"})
SIGN_IN_STEPS = {"account_login": "password", "mfa_authenticate": "second_step", "mfa_login_webauthn": "passkey"}
SAVE_OUTCOMES = {200: "saved", 302: "saved", 409: "conflict", 422: "invalid"}


class RequestCountMiddleware:
    """Outside of whatever may answer in place of a view. Counts nothing where nobody may read it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        if settings.METRICS_TOKEN:
            route = route_of(request)
            requests_answered.labels(route, f"{response.status_code // 100}xx").inc()
            request_seconds.labels(route).observe(time.perf_counter() - started)
            if request.method == "POST":
                _count_outcome(route, response)
        return response


def _count_outcome(route: str, response: HttpResponse) -> None:
    if route in SAVING:
        saves.labels(SAVE_OUTCOMES.get(response.status_code, "refused")).inc()
    elif route in SIGN_IN_STEPS:
        # A passkey that does not fit leads back to where one signs in.
        let_in = response.status_code == 302 and response.headers["Location"] != reverse("account_login")
        sign_ins.labels(SIGN_IN_STEPS[route], "accepted" if let_in else "refused").inc()
