"""The two pages that most changes of access are made with: a form, and a question before something is done."""

from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation

FormType = TypeVar("FormType", bound=forms.Form)

form_methods = require_http_methods(["GET", "HEAD", "POST"])
"""For a page that is shown, and sent back filled in."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands on the page; `back` is the address to return to without a change."""

    title: str
    button: str
    back: str
    text: str = ""
    organisation: Organisation | None = None
    danger: bool = False
    also: tuple[tuple[str, str], ...] = ()
    """Other things to do with the same thing: address and words."""


def form_of(request: HttpRequest, form: type[FormType], **initial: object) -> FormType:
    """Bound to what was posted, however little that is."""
    return form(request.POST if request.method == "POST" else None, initial=initial)


def form_page(request: HttpRequest, form: forms.Form, page: FormPage) -> HttpResponse:
    context = {"form": form, "page": page, "organisation": page.organisation}
    return render(request, "accounts/form_page.html", context, status=422 if form.errors else 200)


def confirm_page(request: HttpRequest, page: FormPage) -> HttpResponse:
    return render(request, "accounts/confirm.html", {"page": page, "organisation": page.organisation})
