"""What would be sent to Sentry holds nothing that anybody typed, whatever fails and however."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sentry_sdk
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from config.monitoring.sentry import send_errors
from tests.factories import UserFactory
from tests.production.test_refusals import GOOD, ROOT

CANARIES = ("kanarienvogel", "canary-token", "canary-cookie", "canary-agent", "canary-password", "10.11.12.13")
NAME, EMAIL = "Kanarienvogel Amélie", "kanarienvogel@example.org"


class Kept(Transport):
    """In the place of the network."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize().decode())

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(each.splitlines()[2]) for each in self.sent]


@pytest.fixture
def sent() -> Iterator[Kept]:
    kept = Kept()
    with sentry_sdk.isolation_scope():
        send_errors("https://key@sentry.invalid/1", service="web", version="0.1.0", transport=kept)
        yield kept
        sentry_sdk.get_client().close()
        sentry_sdk.get_global_scope().set_client(None)


def nothing_of_it(sent: Kept) -> None:
    everything = "".join(sent.sent).casefold()
    assert everything
    for canary in CANARIES:
        assert canary not in everything
    assert os.uname().nodename.casefold() not in everything


def fails(request: HttpRequest, **_more: object) -> None:
    typed = request.POST.get("login", request.GET.get("q", ""))  # noqa: F841 (a value that a library could send)
    logging.getLogger("some.library").warning("Kanarienvogel before")
    sentry_sdk.set_user({"email": EMAIL, "ip_address": "10.11.12.13"})
    sentry_sdk.set_tag("name", NAME)
    sentry_sdk.set_context("answers", {"note": NAME})
    sentry_sdk.add_breadcrumb(message=NAME)
    try:
        raise KeyError(NAME)
    except KeyError as first:
        raise ValueError(f"{NAME} answered 3") from first


@pytest.mark.django_db
def test_a_request_that_fails_is_sent_without_a_word_of_it(sent: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.views.public.coverage_html", lambda *_given, **_more: fails(HttpRequest()))
    client = Client(raise_request_exception=False, headers={"user-agent": "canary-agent"}, REMOTE_ADDR="10.11.12.13")
    client.force_login(UserFactory.create(name=NAME, email=EMAIL))
    client.cookies["tracking"] = "canary-cookie"
    response = client.get(f"{reverse('coverage')}?business=canary-token", headers={"authorization": "canary-token"})
    assert response.status_code == 500
    nothing_of_it(sent)
    (event,) = sent.events
    assert event["tags"] == {"request_id": response.headers["X-Request-ID"], "route": "coverage"}
    assert [each["type"] for each in event["exception"]["values"]] == ["KeyError", "ValueError"]
    frames = event["exception"]["values"][-1]["stacktrace"]["frames"]
    assert {"filename": "tests/config/test_sentry.py", "function": "fails"}.items() <= frames[-1].items()
    assert all(frame.keys() == {"filename", "function", "lineno", "in_app"} for frame in frames)
    assert (event["release"], event["environment"]) == ("evenkeel@0.1.0", "web")


@pytest.mark.django_db
def test_a_form_that_fails_is_sent_without_what_was_typed(sent: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.forms.sign_in.SignInForm.clean", lambda form: fails(form.request))
    form = {"login": EMAIL, "password": "canary-password", "next": "/canary-token/"}
    client = Client(raise_request_exception=False)
    assert client.post(reverse("account_login"), form).status_code == 500
    nothing_of_it(sent)
    assert sent.events[0]["tags"]["route"] == "account_login"


def test_a_line_of_the_log_is_sent_without_its_text(sent: Kept) -> None:
    with structlog.contextvars.bound_contextvars(request_id="some number"):
        logging.getLogger("reports.queue").error("Report of %s failed", NAME, extra={"answer": NAME})
        structlog.get_logger("reports").error("failed", name=NAME)
    nothing_of_it(sent)
    assert sent.events[0]["message"] == "error logged by reports.queue"
    assert sent.events[0]["tags"] == {"request_id": "some number"}


def test_names_that_somebody_could_have_made_up_stay_out(sent: Kept) -> None:
    made_up: type[Exception] = type("Kanarienvogel Amélie", (Exception,), {})
    try:
        exec(compile("raise made_up", "/home/kanarienvogel/canary-token.py", "exec"), {"made_up": made_up})  # noqa: S102
    except made_up:
        logging.getLogger(NAME).exception("failed")
    nothing_of_it(sent)
    assert sent.events[0]["exception"]["values"][0]["stacktrace"]["frames"][-1]["filename"] == "elsewhere"


@pytest.mark.parametrize("send", [lambda: sentry_sdk.capture_message(NAME), lambda: sentry_sdk.metrics.count(NAME, 1)])
def test_what_a_library_sends_by_itself_is_emptied_too(sent: Kept, send: Callable[[], object]) -> None:
    send()
    with sentry_sdk.start_transaction(name=NAME):
        sentry_sdk.capture_message("so that something is sent")
    sentry_sdk.flush()
    nothing_of_it(sent)


def started(**environment: str) -> str:
    script = "import django; django.setup(); import sentry_sdk; print(sentry_sdk.get_client().is_active())"
    process = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**GOOD, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return process.stdout.strip()


def test_it_is_off_until_the_operator_says_where() -> None:
    assert started() == "False"
    assert started(SENTRY_DSN="https://key@sentry.invalid/1") == "True"


def test_without_the_package_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match="the package sentry-sdk is not installed"):
        send_errors("https://key@sentry.invalid/1", service="web", version="0.1.0")
