"""Logs without personal data: JSON in production, readable lines on one machine; each line has its request's id."""

import logging
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, ExcInfo, WrappedLogger

logger: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

TIMESTAMPS = structlog.processors.TimeStamper(fmt="iso", utc=True)


class RequestLogMiddleware:
    """One line per request, with the name of the route: a URL may contain a token or an id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            logger.info(
                "request",
                method=request.method,
                route=route_of(request),
                person=_person(request),
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000),
            )
        response.headers["X-Request-ID"] = request_id
        return response


class RouteInsteadOfUrl(logging.Filter):
    """Django's own warnings and errors name the requested path; this replaces it by the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.msg, record.args = "%s: %s", (getattr(record, "status_code", "error"), route_of(request))
        return True


def _person(request: HttpRequest) -> int | None:
    """The number of who is signed in, if this request had to know it: it is never loaded for the log."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)


def route_of(request: HttpRequest) -> str:
    """Its name, or its pattern: never what somebody typed."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "none"


def frames_and_type(error: ExcInfo) -> str:
    """Where an exception happened and what it was, without the lines in which databases quote rejected values."""
    _type, value, trace = error
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    text = str(value).partition("\n")[0]
    return "\n".join([*places, f"{type(value).__name__}: {text}"])


def _exception(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple) and error[1] is not None:
        event["exception"] = frames_and_type(error)
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    TIMESTAMPS,
    _exception,
]


def configure_structlog() -> None:
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_config(*, json: bool) -> dict[str, Any]:
    """Django's LOGGING; the web server and the worker write through the same handler."""
    configure_structlog()
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"route": {"()": RouteInsteadOfUrl}},
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["route"]},
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # The request line says it already; only our own errors are worth a second one.
            "django.request": {"level": "ERROR"},
            # The client chooses the host name in this one; the request line has its 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
            # Three lines for each scheduled task would bury everything else; tasks log what they did.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            # Requests that wait a moment for a thread are not worth a line.
            "waitress.queue": {"level": "ERROR"},
            # It warns once for each character without a glyph, which in a report may be 60,000 lines.
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
        },
    }
