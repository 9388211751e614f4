from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.audit import Actor
from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: its user is a person, not AnonymousUser."""

    user: User


def actor_of(request: HttpRequest) -> Actor:
    """Who sends the request, and from which IP address."""
    return Actor(request.user if isinstance(request.user, User) else None, ip_address_of(request))


def ip_address_of(request: HttpRequest) -> str | None:
    """Found as for rate limits, trusted proxies included; None if none is known, as behind a socket."""
    try:
        found: str = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
    return found
