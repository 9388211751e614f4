from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

MailView = Callable[..., HttpResponseBase]


def needs_mail(view: MailView) -> MailView:
    """For a page that works by sending mail: shows an explanation instead if this Evenkeel cannot send any."""

    @wraps(view)
    def with_mail(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if settings.MAIL_CONFIGURED:
            return view(request, *args, **kwargs)
        return without_mail(request)

    return with_mail


def without_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/without_mail.html")
