"""The pages for 403, 404, 500 and 503. Django calls them for the errors that views raise."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from structlog.contextvars import get_contextvars

from accounts.database.trouble import DatabaseTrouble, database_trouble
from accounts.refused.rights import MissingRight, RightIsMissing
from accounts.refused.signed_out import sign_in_to
from accounts.refused.typed import typed_text
from accounts.refused.way_back import page_before

ADMINISTRATION = "admin"
RETRY_AFTER_SECONDS = 10


@dataclass(frozen=True, slots=True)
class RefusedWords:
    """Why not, and what to do about it."""

    why: str | Promise
    ask: str | Promise


WORDS: Mapping[MissingRight, RefusedWords] = {
    MissingRight.ROLE: RefusedWords(
        _("You belong to this organisation, but your role in it does not include this."),
        _("Ask an owner to do it, or to give you another role."),
    ),
    MissingRight.ENGAGEMENT: RefusedWords(
        _("You see this client through your consultancy, and its access or your role there does not include this."),
        _("Ask the client’s owner for wider access, or a colleague whose role allows it."),
    ),
    MissingRight.BANK_EDITOR: RefusedWords(
        _("Only bank editors may do this, and you are not one, or not any more."),
        _("Ask an administrator of this site to make you a bank editor."),
    ),
    MissingRight.ADMINISTRATOR: RefusedWords(
        _("Only administrators may do this, and you are not one, or not any more."),
        _("Ask another administrator of this site."),
    ),
    MissingRight.NOT_OFFERED: RefusedWords(
        _("The administration does not do this."),
        _("People sign up themselves or are invited by an owner; what belongs to an organisation is changed there."),
    ),
}


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Status 403, in the words for the right that is missing."""
    context = {"words": WORDS[_missing(request, exception)], "typed": typed_text(request)}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Status 404: the same for what is missing and for what is somebody else's, such as after access has ended."""
    return render(request, "404.html", {"typed": typed_text(request)}, status=404)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Status 403, for a form without its token: after somebody signed in or out elsewhere, or from another site."""
    way_on = page_before(request)
    context = {
        "typed": typed_text(request),
        "way_on": way_on if request.user.is_authenticated else sign_in_to(way_on),
    }
    return render(request, "403_csrf.html", context, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Status 429, after many attempts in a short time."""
    return render(request, "429.html", {"typed": typed_text(request)}, status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """Status 500, or 503 if the database is busy or away: the page of a GET then tries again by itself.

    It asks nobody who is signed in: that may be what has failed. The number on it finds the lines of the log.
    """
    trouble = database_trouble(sys.exc_info()[1])
    context = {"typed": typed_text(request), "request_id": get_contextvars().get("request_id", "")}
    if trouble is None:
        return HttpResponse(render_to_string("500.html", context), status=500)
    context["away"] = trouble is DatabaseTrouble.AWAY
    # What was sent is never sent again by itself, and stays on the page.
    context["retry_after"] = RETRY_AFTER_SECONDS if request.method == "GET" else 0
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _missing(request: HttpRequest, exception: Exception | None) -> MissingRight:
    if isinstance(exception, RightIsMissing):
        return exception.right
    match = request.resolver_match
    if match is not None and match.namespace == ADMINISTRATION:
        return MissingRight.NOT_OFFERED
    return MissingRight.ROLE
