"""What a person typed into a form that is refused, so that the page that refuses it can give it back."""

import re
from collections.abc import Iterator

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

MOST = 200_000
"""More characters than any form of ours takes."""
# Keys, numbers and codes: what a page sends by itself. A day may have been typed.
_BY_THE_PAGE = re.compile(r"(?!\d{4}-\d\d-\d\d$)[a-z]*[0-9_:.\-][0-9a-z_:.\-]*|")
_SECRET_PARTS, _SECRET_NAMES = ("password", "token", "credential"), ("code", "otp")
_UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


def typed_text(request: HttpRequest) -> str:
    """The texts of a form that one of our own pages sent, one below the other; "" for any other request.

    Secrets and what no person types are left out. A form from another site is never shown back: its text would look
    like ours.
    """
    if request.method != "POST" or not _is_from_our_page(request):
        return ""
    return "\n\n".join(dict.fromkeys(_texts(request)))[:MOST]


def _is_from_our_page(request: HttpRequest) -> bool:
    """By its token; or, if that is too old, by what the browser says, which no page can make it say."""
    ours = f"{request.scheme}://{request.get_host()}"
    return bool(getattr(request, "csrf_processing_done", False)) or request.headers.get("Origin") == ours


def _texts(request: HttpRequest) -> Iterator[str]:
    try:
        fields = list(request.POST.lists())
    except _UNREADABLE:
        return
    for name, values in fields:
        if not _is_secret(name.casefold()):
            yield from (text for value in values if not _BY_THE_PAGE.fullmatch(text := value.strip()))


def _is_secret(name: str) -> bool:
    """Whoever sends a form chooses its names, a megabyte long if they like: no pattern that looks back."""
    return name in _SECRET_NAMES or any(part in name for part in _SECRET_PARTS)
