"""Asking a client's own people for their answers: one mail per client, or links to copy where mail is not set up."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Engagement, Membership, Organisation, Role, User
from accounts.names import name_in_mail
from accounts.site_urls import absolute_url

ONCE_IN_SECONDS = 24 * 60 * 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """What is sent to one client; `emails` is empty where nobody there can answer yet."""

    client: Organisation
    emails: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """The requests, by what became of each. `lately`: that client was already asked in the last 24 hours."""

    sent: tuple[AnswerRequest, ...]
    nobody: tuple[AnswerRequest, ...]
    lately: tuple[AnswerRequest, ...]
    failed: tuple[AnswerRequest, ...]


def answer_requests(engagements: Sequence[Engagement]) -> list[AnswerRequest]:
    """One for each client, to its owners and editors who are not suspended."""
    clients = [each.client for each in engagements]
    members = Membership.objects.filter(
        organisation__in=clients, role__in=(Role.OWNER, Role.EDITOR), user__is_active=True
    ).order_by("user__email")
    emails: dict[object, list[str]] = {}
    for organisation, email in members.values_list("organisation", "user__email"):
        emails.setdefault(organisation, []).append(email)
    return [AnswerRequest(client, tuple(emails.get(client.pk, ())), _link(client)) for client in clients]


def send_answer_requests(*, requests: Sequence[AnswerRequest], consultancy: Organisation, by: User) -> RequestOutcome:
    """Uses one connection, so that a mail server that does not respond is waited for once.

    A client that was asked in the last 24 hours is not asked again.
    """
    nobody = tuple(each for each in requests if not each.emails)
    due = [each for each in requests if each.emails]
    fresh = [each for each in due if cache.add(_key(consultancy, each), True, ONCE_IN_SECONDS)]
    lately = tuple(each for each in due if each not in fresh)
    sent: list[AnswerRequest] = []
    if fresh:
        try:
            with get_connection() as connection:
                sent.extend(each for each in fresh if _went_out(_message(each, consultancy, by, connection)))
        except (SMTPException, OSError):
            logger.warning("cannot connect to the mail server to ask clients for answers", exc_info=True)
    failed = tuple(each for each in fresh if each not in sent)
    cache.delete_many([_key(consultancy, each) for each in failed])
    return RequestOutcome(tuple(sent), nobody, lately, failed)


def _went_out(message: EmailMessage) -> bool:
    try:
        message.send()
    except (SMTPException, OSError):
        logger.warning("cannot send a client the request for answers", exc_info=True)
        return False
    return True


def _message(request: AnswerRequest, consultancy: Organisation, by: User, connection: BaseEmailBackend) -> EmailMessage:
    names = {"consultancy": consultancy.name, "client": request.client.name, "by": str(by)}
    words = {**{what: name_in_mail(name) for what, name in names.items()}, "link": request.link}
    subject = " ".join((_("%(consultancy)s asks for your answers") % words).split())
    body = _(
        "%(by)s of %(consultancy)s asks you to continue the assessment of %(client)s.\n\n"
        "Continue here: %(link)s\n\n"
        "Every answer is saved at once, and “I don’t know” is always an answer."
    )
    # Bcc, so that a consultant's mail does not show colleagues each other's addresses.
    return EmailMessage(subject, body % words, None, bcc=list(request.emails), connection=connection)


def _key(consultancy: Organisation, request: AnswerRequest) -> str:
    return f"asked-{consultancy.pk}-{request.client.pk}"


def _link(client: Organisation) -> str:
    """The organisation's page, which leads to its open run or to the start of one."""
    return absolute_url(reverse("organisation", args=[client.pk]))
