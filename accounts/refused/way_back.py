"""Where somebody goes on whose request was refused: a page that can be opened, never the address of a button."""

import inspect
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def page_before(request: HttpRequest) -> str:
    """The address of the page from which the request was sent, as far as the browser says; else of the nearest page
    above the address that was asked for.
    """
    sent_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(sent_from)
        if parts.netloc and opens(parts.path):
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    if opens(request.path):
        return request.path
    return urljoin(request.path, page_above(request.path))


def page_above(path: str) -> str:
    """A link to the nearest page above this address, where its button stands; "/" if there is none.

    It is relative, so that the answer is the same for every key in the address.
    """
    parts = path.strip("/").split("/")
    for up in range(1, len(parts)):
        if opens(f"/{'/'.join(parts[:-up])}/"):
            return "../" * up
    return "/"


def opens(path: str) -> bool:
    """Whether there is a page at this address, for whoever may see it."""
    try:
        return _is_page(resolve(path).func)
    except Resolver404:
        return False


def _is_page(view: Callable[..., object] | None) -> bool:
    """Whether a GET is let through. The methods that a decorator of Django's takes are known to its wrapper alone."""
    while view is not None:
        if inspect.isfunction(view):
            methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if methods is not None:
                return "GET" in methods
        view = getattr(view, "__wrapped__", None)
    return True
