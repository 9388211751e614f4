"""A page for an address that takes no such request, such as that of a button opened as a link."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from accounts.refused.typed import typed_text
from accounts.refused.way_back import page_above


class MethodNotAllowedPage:
    """Django answers 405 with an empty page; this one says that nothing was done, and leads on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        context = {"way_on": page_above(request.path), "typed": typed_text(request)}
        page = render(request, "405.html", context, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
