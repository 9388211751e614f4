"""A page for an address that takes no such request, such as that of a button opened as a link."""

import inspect
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve


class MethodNotAllowedPage:
    """Django answers 405 with an empty page; this one says that nothing was done, and leads on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", {"way_on": page_above(request.path)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def page_above(path: str) -> str:
    """A link to the nearest page above this address, where its button stands; "/" if there is none.

    It is relative, so that the answer is the same for every key in the address.
    """
    parts = path.strip("/").split("/")
    for up in range(1, len(parts)):
        try:
            view = resolve(f"/{'/'.join(parts[:-up])}/").func
        except Resolver404:
            continue
        if _is_page(view):
            return "../" * up
    return "/"


def _is_page(view: Callable[..., object] | None) -> bool:
    """Whether a GET is let through. The methods that a decorator of Django's takes are known to its wrapper alone."""
    while view is not None:
        if inspect.isfunction(view):
            methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if methods is not None:
                return "GET" in methods
        view = getattr(view, "__wrapped__", None)
    return True
