"""An address that somebody signs in with no longer is remembered, so that erasing the person finds it."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed

from accounts.models import User
from accounts.services.people import remember_former_name


def remember_changed_addresses() -> None:
    """django-allauth tells by a signal that an address was changed."""
    email_changed.connect(_remember, dispatch_uid="accounts.people_data.former_addresses")


def _remember(sender: object, user: User, from_email_address: EmailAddress | None, **_more: object) -> None:
    if from_email_address is not None:
        remember_former_name(user=user, text=from_email_address.email)
