"""Requests that no view could read: an odd type or character set, or NUL characters, which PostgreSQL cannot store."""

import codecs
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import parse_header_parameters

NUL = "\0"
NUL_IN_QUERY = "%00"
# Python also knows encodings that are none of characters, such as rot13 and zlib, and fails on them much later.
READABLE = frozenset({"utf-8", "ascii"})
ODD_TYPE = "evenkeel.odd_type"
LONGEST_TYPE, MOST_PARAMETERS = 200, 3
"""Of a Content-Type: a form with files has a boundary of 70 characters at most, a charset, and nothing else."""

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def without_odd_types(application: WSGIApplication) -> WSGIApplication:
    """Takes an odd Content-Type, or one with an odd character set, out and marks the request for the middleware.

    Django decodes the query while it makes the request, before any middleware: it would fail without headers, and the
    server would log the whole address. Reading a long one takes a time that grows with the square of its semicolons.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _is_odd_type(environ.get("CONTENT_TYPE", "")):
            environ = {**environ, "CONTENT_TYPE": "", ODD_TYPE: True}
        return application(environ, start_response)

    return guarded


class UnreadableRequestMiddleware:
    """Answers 400, or 404 for an address that cannot exist, before anything reads the query or the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get(ODD_TYPE) or NUL_IN_QUERY in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        if NUL in request.path:
            return render(request, "404.html", status=404)
        return self.get_response(request)


def _is_odd_type(content_type: str) -> bool:
    if len(content_type) > LONGEST_TYPE or content_type.count(";") > MOST_PARAMETERS:
        return True
    try:
        _, parameters = parse_header_parameters(content_type)
    except ValueError:
        return True
    return _is_odd_charset(parameters.get("charset", ""))


def _is_odd_charset(charset: str) -> bool:
    """One that Python does not know at all is ignored by Django."""
    try:
        return bool(charset) and codecs.lookup(charset).name not in READABLE
    except LookupError:
        return False
    except ValueError:
        return True
