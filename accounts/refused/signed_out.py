"""A form that arrives when nobody is signed in. Nothing of it is done, and nothing of it is kept on the server: the
page that says so gives back what was typed.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.refused.typed import typed_text
from accounts.refused.way_back import page_before


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's leads from a form through signing in to the address of its button, which no browser can open."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        to_sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        # Autosave knows a redirect to signing in, and keeps the text in its page.
        if to_sign_in is None or request.method != "POST" or request.headers.get("HX-Request"):
            return to_sign_in
        context = {"typed": typed_text(request), "way_on": sign_in_to(page_before(request))}
        return render(request, "signed_out.html", context, status=403)


def sign_in_to(path: str) -> str:
    """The address of the page for signing in, from which one goes on to `path`."""
    return f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: path})}"
