"""How an invitation reaches the invited person: by plain-text mail, or as a link to copy."""

from smtplib import SMTPException
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.names import name_in_mail
from accounts.services.invitations import SentInvitation
from accounts.site_urls import absolute_url
from accounts.wording import invitation_words

logger: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def invitation_link(sending: SentInvitation) -> str:
    """The full URL for the invited person; it contains the secret token."""
    return absolute_url(reverse("invitation", args=[sending.token]))


def deliver_invitation(sending: SentInvitation) -> bool:
    """Send the mail; False if it could not be sent. The invitation is valid either way."""
    invitation = sending.invitation
    context = {
        "words": invitation_words(invitation, written=name_in_mail),
        "organisation": name_in_mail(invitation.organisation.name),
        "link": invitation_link(sending),
        "expires_at": invitation.expires_at,
        "privacy_notice": absolute_url(reverse("privacy")),
        "current_site": {"domain": urlsplit(settings.SITE_URL).netloc},
    }
    subject = " ".join(render_to_string("accounts/email/invitation_subject.txt", context).split())
    body = render_to_string("accounts/email/invitation_message.txt", context)
    try:
        send_mail(subject, body, None, [invitation.email])
    except (SMTPException, OSError) as problem:
        logger.warning("invitation not sent", invitation=str(invitation.pk), problem=type(problem).__name__)
        return False
    return True
