"""What a browser sends as a passkey is read by a library; what does not fit is refused and is no failure of ours."""

import struct
from collections.abc import Callable
from functools import wraps
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from accounts.models import SignInEventKind
from accounts.sign_in.events import log_sign_in_event

_DOES_NOT_FIT = (
    AttributeError,
    DataError,
    IndexError,
    InvalidSignature,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)

View = Callable[..., HttpResponse]


def refuses_malformed_credentials(view: View) -> View:
    """A view of django-allauth that takes a credential: 400 for one that cannot be read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except _DOES_NOT_FIT as error:
            if "credential" not in request.POST:
                raise
            log_sign_in_event(SignInEventKind.PASSKEY_REFUSED, None, reason="unreadable")
            raise BadRequest("The passkey could not be read.") from error

    return guarded
