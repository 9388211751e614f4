from django.utils import timezone

from accounts.models import User


def decline_second_step(*, user: User) -> None:
    """Not offered again on every page; the settings keep saying how to set it up."""
    user.declined_second_step_at = timezone.now()
    user.save(update_fields=["declined_second_step_at"])
