"""Turns a refused change into a page that says why and what to do, with what was typed, for every view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.refused.typed import typed_text
from accounts.refused.way_back import page_before
from assessments.errors import ChangeRefused


class ChangeRefusedPage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ChangeRefused):
            return None
        # Autosave shows the response in place of "Saved", where only the sentence fits.
        name = "assessments/_refused.html" if request.headers.get("HX-Request") else "assessments/refused.html"
        context = {"message": exception.message, "typed": typed_text(request), "way_on": page_before(request)}
        return render(request, name, context, status=exception.status)
