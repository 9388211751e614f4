"""The two pages behind most changes of access: a form, and a question before something is done."""

from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation

FormType = TypeVar("FormType", bound=forms.Form)

form_methods = require_http_methods(["GET", "HEAD", "POST"])
"""For a page with a form that is posted back to it."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the page shows; `back` is the URL to return to without a change."""

    title: str
    button: str
    back: str
    text: str = ""
    organisation: Organisation | None = None
    danger: bool = False
    also: tuple[tuple[str, str], ...] = ()
    """Further actions on the same object: the URL and the text of each link."""

    @property
    def button_class(self) -> str:
        return "btn-danger" if self.danger else "btn-primary"


def form_of(request: HttpRequest, form: type[FormType], **initial: object) -> FormType:
    """The form, bound to the posted data (even if that is empty), or showing the initial values."""
    return form(request.POST if request.method == "POST" else None, initial=initial)


def form_page(request: HttpRequest, form: forms.Form, page: FormPage) -> HttpResponse:
    """The page with the form; status 422 if the form has errors."""
    context = {"form": form, "page": page, "organisation": page.organisation}
    return render(request, "accounts/form_page.html", context, status=422 if form.errors else 200)


def confirm_page(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The page that asks before something is done; its button posts to the same URL."""
    return render(request, "accounts/confirm.html", {"page": page, "organisation": page.organisation})
