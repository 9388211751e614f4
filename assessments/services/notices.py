"""Mails between people who work on one run. They link to Evenkeel; what was written is not in the mail."""

import logging
from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.names import name_in_mail

logger = logging.getLogger(__name__)


def notify_assignee(*, new: Mapping[User, list[str]], by: User, organisation: str, link: str) -> None:
    """Sent after commit, and only where mail is set up. `new` holds the titles of each person's domains.

    Nobody gets a mail about what they did themselves. All this is also true of `notify_asked`.
    """
    _tell(by, [_assigned(person, by, organisation, domains, link) for person, domains in new.items()])


def notify_asked(*, person: User, by: User, organisation: str, question: str, link: str) -> None:
    """`question` is its text. The comment itself is read in Evenkeel, by people who may see it at that time."""
    subject = _("%(organisation)s: %(by)s asks you about a question") % _named(organisation, by)
    _tell(by, [_message(person, subject, question, _("Read and answer: %s") % link)])


def _assigned(person: User, by: User, organisation: str, domains: list[str], link: str) -> EmailMessage:
    subject = ngettext(
        "%(organisation)s: %(by)s asks you to answer a domain",
        "%(organisation)s: %(by)s asks you to answer %(count)d domains",
        len(domains),
    ) % {**_named(organisation, by), "count": len(domains)}
    return _message(person, subject, "\n".join(f"- {title}" for title in domains), _("Your questions: %s") % link)


def _named(organisation: str, by: User) -> dict[str, str]:
    return {"organisation": name_in_mail(organisation), "by": name_in_mail(str(by))}


def _message(person: User, subject: str, *paragraphs: str) -> EmailMessage:
    body = "\n\n".join([_("Hello,"), *paragraphs, "Evenkeel"]) + "\n"
    return EmailMessage(" ".join(subject.split()), body, None, [person.email])


def _tell(by: User, messages: list[EmailMessage]) -> None:
    others = [message for message in messages if message.to != [by.email]]
    if settings.MAIL_CONFIGURED and others:
        transaction.on_commit(partial(_send, others))


def _send(messages: list[EmailMessage]) -> None:
    """The change is already stored, so mails that cannot be sent are only logged.

    One connection for all of them, so that a mail server that does not respond is waited for once.
    """
    try:
        get_connection().send_messages(messages)
    except Exception:  # mail servers fail in many ways
        logger.exception("%d mails about shared work could not be sent", len(messages))
