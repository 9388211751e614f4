"""The limit on the size of a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MAX_UPLOAD_BYTES = 11 * 1024 * 1024
"""The largest file that a form takes, one of the bank, has 10 MB; the form is around it."""


class UploadLimitMiddleware:
    """Refuses by Content-Length, before a byte is read: otherwise the body would be on the disk before any view could
    refuse it. Without that header the server reads no body at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > MAX_UPLOAD_BYTES:
            return render(request, "413.html", status=413)
        return self.get_response(request)
