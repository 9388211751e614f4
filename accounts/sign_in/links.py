"""Links that sign a person in once. Only the caller gets the token; the database stores its hash."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import SignInLink, User
from accounts.sign_in.tokens import hash_token, new_token


def create_sign_in_link(*, user: User, lifetime: timedelta) -> str:
    """The token of a new link; it cannot be retrieved later."""
    token = new_token()
    now = timezone.now()
    SignInLink.objects.create(user=user, token_hash=hash_token(token), created_at=now, expires_at=now + lifetime)
    return token


def find_sign_in_link(token: str) -> SignInLink | None:
    """The link while it works: known, unused, not expired, and its person not suspended. Else None."""
    return (
        SignInLink.objects.select_related("user")
        .filter(token_hash=hash_token(token), used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True)
        .first()
    )


def use_sign_in_link(*, token: str) -> User | None:
    """The link's person, or None if it does not work. Of two requests at the same moment only one gets the person."""
    link = find_sign_in_link(token)
    if link is None:
        return None
    now = timezone.now()
    won = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gte=now).update(used_at=now)
    return link.user if won else None
