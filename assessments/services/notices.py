"""Mails between people who work on one run. They say where to look; what was written stays in Evenkeel."""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

logger = logging.getLogger(__name__)


def tell_assigned(*, person: User, by: User, organisation: str, domains: list[str], link: str) -> None:
    """After commit, and only where mail is set up. `domains` are titles; nobody is told of what they did themselves."""
    subject = ngettext(
        "%(organisation)s: %(by)s asks you to answer a domain",
        "%(organisation)s: %(by)s asks you to answer %(count)d domains",
        len(domains),
    ) % {"organisation": organisation, "by": by, "count": len(domains)}
    _tell(person, by, subject, ["\n".join(f"- {title}" for title in domains), _("Your questions: %s") % link])


def tell_asked(*, person: User, by: User, organisation: str, question: str, link: str) -> None:
    """`question` is its text. The comment itself is read in Evenkeel, by who may see it then."""
    subject = _("%(organisation)s: %(by)s asks you about a question") % {"organisation": organisation, "by": by}
    _tell(person, by, subject, [question, _("Read and answer: %s") % link])


def _tell(person: User, by: User, subject: str, paragraphs: list[str]) -> None:
    if settings.MAIL_CONFIGURED and person != by:
        body = "\n\n".join([_("Hello,"), *paragraphs, "Evenkeel"]) + "\n"
        transaction.on_commit(partial(_send, " ".join(subject.split()), body, person.email))


def _send(subject: str, body: str, address: str) -> None:
    """The change is stored by now: a mail that cannot be sent is written to the log, and that is all."""
    try:
        send_mail(subject, body, None, [address])
    except Exception:  # a mail server fails in its own ways
        logger.exception("a mail about shared work could not be sent")
