from django.utils import timezone

from accounts.models import User


def decline_mfa(*, user: User) -> None:
    """MFA is no longer offered on every page; the settings still say how to set it up."""
    user.mfa_declined_at = timezone.now()
    user.save(update_fields=["mfa_declined_at"])
