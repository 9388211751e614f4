"""Errors for Sentry, if the operator wants that: where something failed, and nothing that anybody typed.

An event is not scrubbed but built anew from what may be sent. What the next version of the library collects stays out
by itself.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from structlog.contextvars import get_contextvars

from config.logs import route_of

ROOT = Path(__file__).resolve().parents[2]
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.<>]{0,99}")
"""Names in code: of a type, a function, a module. They come from files, yet a library could make one up."""


def send_errors(dsn: str, *, service: str, version: str, **more: Any) -> None:
    """From now on, in this process. ImproperlyConfigured if the package is missing; `more` is for tests."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.logging import LoggingIntegration
    except ImportError as missing:
        raise ImproperlyConfigured("SENTRY_DSN is set, and the package sentry-sdk is not installed.") from missing
    sentry_sdk.init(
        dsn=dsn,
        release=f"evenkeel@{version}",
        environment=service,
        before_send=only_what_may_be_sent,
        # Not even what a library sends of its own accord, which enable_metrics does not stop.
        before_send_transaction=_never,
        before_send_metric=_never,
        before_send_log=_never,
        before_breadcrumb=_never,
        default_integrations=False,
        auto_enabling_integrations=False,
        # Every error that nobody catches is logged, by Django and by Celery.
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None)],
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        server_name="",
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
        spotlight=False,
        **more,
    )


def _never(_thing: Any, _hint: Any) -> None:
    return None


def only_what_may_be_sent(event: Any, hint: Mapping[str, Any]) -> Any:
    """The kind of error, its places in the code, the request's number, and what says which software it was."""
    errors = (event.get("exception") or {}).get("values") or []
    sent: dict[str, Any] = {
        name: event[name]
        for name in ("event_id", "timestamp", "level", "platform", "release", "environment")
        if name in event
    }
    if logger := _word(event.get("logger")):
        sent["logger"] = logger
    if tags := _tags(hint.get("log_record")):
        sent["tags"] = tags
    if errors:
        sent["exception"] = {"values": [_error(each) for each in errors]}
    else:
        # Of a line without an error its place says enough: its text may hold anything.
        sent["message"] = f"error logged by {logger}"
    return sent


def _tags(record: logging.LogRecord | None) -> dict[str, str]:
    """The number of the request, by which the log is found, and the name of its route."""
    request_id, request = get_contextvars().get("request_id"), getattr(record, "request", None)
    found = {"request_id": str(request_id)} if request_id else {}
    return {**found, "route": route_of(request)} if isinstance(request, HttpRequest) else found


def _error(error: Mapping[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    return {"type": _word(error.get("type")), "stacktrace": {"frames": list(_places(frames))}}


def _places(frames: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for frame in frames:
        path = str(frame.get("abs_path") or "")
        yield {
            "filename": _short(path),
            "function": _word(frame.get("function")),
            "lineno": frame.get("lineno"),
            "in_app": path.startswith(f"{ROOT}/") and "site-packages" not in path,
        }


def _short(path: str) -> str:
    """From the project's folder, or from the packages' on: a home folder has somebody's name."""
    for above in (f"{ROOT}/", "site-packages/", "/lib/"):
        if above in path:
            return path.rpartition(above)[2] if above != f"{ROOT}/" else path.removeprefix(above)
    return "elsewhere"


def _word(given: object) -> str:
    return str(given) if _WORD.fullmatch(str(given)) else ""
