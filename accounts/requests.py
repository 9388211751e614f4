from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: its user is a person, not AnonymousUser."""

    user: User
