"""Which browser may confirm an address: the one that signed up, or in which the right password was typed."""

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.sign_up.unconfirmed import has_confirmed_address

PROVEN = "sign_up_proven"
"""The session's key for whose account it is and for the password (or the lack of one) that was set at that time."""


def remember_browser(request: HttpRequest, person: User) -> None:
    """In its session; it counts until somebody signs up anew or changes the password."""
    if not has_confirmed_address(person):
        request.session[PROVEN] = [person.pk, person.get_session_auth_hash()]


def browser_is_known(request: HttpRequest, person: User) -> bool:
    """Whether this is the browser in which the account, as it is now, was signed up or its password was typed."""
    key, fingerprint = request.session.get(PROVEN, [None, ""])
    return key == person.pk and constant_time_compare(fingerprint, person.get_session_auth_hash())
