"""The mails about dates and old answers. They say where to look: what somebody wrote themselves is not in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import structlog
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from accounts.names import name_in_mail
from accounts.site_urls import absolute_url
from assessments.models import Action, ReminderChoice, ReminderKind
from assessments.wording.over_time.actions import due_text

logger: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DueAction:
    """An action that is due, or soon will be."""

    action: Action
    due: date
    kind: ReminderKind


@dataclass(frozen=True, slots=True)
class DueAgain:
    """How many answers of an organisation are due to be asked again, and how many of those have a gate."""

    organisation: Organisation
    count: int
    gates: int


def look_again_mail(choice: ReminderChoice, due: Sequence[DueAgain]) -> EmailMessage:
    """About answers of long ago, with the same way to stop."""
    count = sum(each.count for each in due)
    subject = ngettext("Still true? %(count)d answer", "Still true? %(count)d answers", count) % {"count": count}
    parts = [_("Hello,"), *(_due_of(each) for each in due)]
    return _stoppable(choice, subject, parts)


def _due_of(each: DueAgain) -> str:
    name = name_in_mail(" ".join(each.organisation.name.split()))
    given = ngettext(
        "%(name)s: %(count)d answer was given some time ago.",
        "%(name)s: %(count)d answers were given some time ago.",
        each.count,
    ) % {"name": name, "count": each.count}
    harm = ngettext(
        "%(count)d of them is about what does most harm when it slips.",
        "%(count)d of them are about what does most harm when it slips.",
        each.gates,
    ) % {"count": each.gates}
    link = absolute_url(reverse("answered_again", args=[each.organisation.pk]))
    again = _("Say with one click whether each is still true: %s") % link
    return "\n".join([given, *([harm] if each.gates else []), again])


def digest(choice: ReminderChoice, due: Sequence[DueAction], today: date) -> EmailMessage:
    """One mail about all of it, with the headers by which mail programs offer to stop (RFC 2369 and 8058)."""
    subject = ngettext("A date in your plan: %(count)d step", "Dates in your plan: %(count)d steps", len(due)) % {
        "count": len(due)
    }
    ordered = sorted(due, key=lambda item: (item.action.organisation.name, str(item.action.organisation_id), item.due))
    parts = [_("Hello,")]
    for _key, items in groupby(ordered, key=lambda item: item.action.organisation_id):
        parts.append(_of_organisation(list(items), today))
    return _stoppable(choice, subject, parts)


def _stoppable(choice: ReminderChoice, subject: str, parts: Sequence[str]) -> EmailMessage:
    stop = absolute_url(reverse("plan_reminders_stop", args=[choice.stop_key]))
    last = _("Too much? This link stops these mails, without signing in: %s") % stop
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = "\n\n".join([*parts, last, "Evenkeel"]) + "\n"
    return EmailMessage(subject, body, None, [choice.person.email], headers=headers)


def hand_over(line: BaseEmailBackend, mail: EmailMessage) -> int:
    """1 if the mail server took it. What it refuses is logged, and not tried again."""
    try:
        return int(line.send_messages([mail]) or 0)
    except Exception:  # mail servers fail in many ways
        logger.exception("a reminder could not be sent")
        line.close()
        return 0


def _of_organisation(items: Sequence[DueAction], today: date) -> str:
    organisation = items[0].action.organisation
    lines = [f"- {_title(item.action)}\n  {due_text(item.due, today)}" for item in items]
    link = _("The plan: %s") % absolute_url(reverse("plan", args=[organisation.pk]))
    return "\n".join([f"{name_in_mail(' '.join(organisation.name.split()))}:", *lines, link])


def _title(action: Action) -> str:
    """The words of a step are the bank's; an own task may hold what is nobody's business."""
    return " ".join(action.title.split()) if action.is_step else _("A task of your own")
