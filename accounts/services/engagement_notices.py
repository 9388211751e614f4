"""Mails about access that has ended: whoever did not end it hears of it."""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Engagement, Organisation, Role, User
from accounts.names import name_in_mail
from accounts.site_urls import absolute_url

logger = logging.getLogger(__name__)


def tell_access_ended(*, engagement: Engagement, by: User) -> None:
    """Sent after commit, and only where mail is set up: to owners and editors of a consultancy whose client ended it,
    or to the client's owners if the consultancy did.
    """
    consultancy, client = engagement.consultancy, engagement.client
    by_consultancy = consultancy.memberships.filter(user=by).exists()
    path = reverse("people", args=[client.pk]) if by_consultancy else reverse("clients", args=[consultancy.pk])
    words = {
        "consultancy": name_in_mail(consultancy.name),
        "client": name_in_mail(client.name),
        "link": absolute_url(path),
    }
    if by_consultancy:
        subject = _("%(consultancy)s no longer advises %(client)s")
        body = _("Its people no longer see your answers. What they answered stays. Who has access now: %(link)s")
        _tell(client, (Role.OWNER,), subject % words, body % words)
        return
    subject = _("%(client)s has ended your access")
    body = _(
        "Nobody at %(consultancy)s sees this client any more. Your own notes are kept for a while, in case you are let "
        "in again: %(link)s"
    )
    _tell(consultancy, (Role.OWNER, Role.EDITOR), subject % words, body % words)


def _tell(organisation: Organisation, roles: tuple[Role, ...], subject: str, body: str) -> None:
    told = organisation.memberships.filter(role__in=roles, user__is_active=True)
    addresses = list(told.order_by("user__email").values_list("user__email", flat=True))
    if not settings.MAIL_CONFIGURED or not addresses:
        return
    text = "\n\n".join((_("Hello,"), body, "Evenkeel")) + "\n"
    subject = " ".join(subject.split())
    transaction.on_commit(partial(_send, [EmailMessage(subject, text, None, [address]) for address in addresses]))


def _send(messages: list[EmailMessage]) -> None:
    """The access is over already, so mails that cannot be sent are only logged."""
    try:
        get_connection().send_messages(messages)
    except Exception:  # mail servers fail in many ways
        logger.exception("%d notices of ended access could not be sent", len(messages))
