"""What owners are told by mail, before something of theirs is deleted."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from accounts.models import Organisation, Role

logger = logging.getLogger(__name__)


def write_to_owners(organisation: Organisation, *, subject: str, body: str) -> None:
    """After the commit, to each owner who can sign in; nothing happens where the site sends no mail."""
    owners = organisation.memberships.filter(role=Role.OWNER, user__is_active=True)
    addresses = list(owners.values_list("user__email", flat=True))
    if not settings.MAIL_CONFIGURED or not addresses:
        return
    messages = [EmailMessage(" ".join(subject.split()), body, None, [address]) for address in addresses]
    transaction.on_commit(lambda: _send(messages))


def _send(messages: list[EmailMessage]) -> None:
    try:
        get_connection().send_messages(messages)
    except Exception:  # mail servers fail in many ways
        logger.exception("%d notices before a deletion could not be sent", len(messages))
