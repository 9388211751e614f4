"""The dates of a plan as a calendar file."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import Organisation
from accounts.site_urls import absolute_url
from assessments.actions.pages.lines import ActionLine, plan_name

A_DAY = timedelta(days=1)


def calendar_of(organisation: Organisation, lines: Iterable[ActionLine], address: str) -> bytes:
    """One all-day entry for each line with a date; `address` is the path of the plan.

    The id of an entry is that of its action: a file that is imported again moves the entries and doubles none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Evenkeel//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plan_name(organisation))
    for line in lines:
        if line.action.due is not None:
            calendar.add_component(_entry(line, absolute_url(address)))
    return bytes(calendar.to_ical())


def _entry(line: ActionLine, address: str) -> Event:
    action, entry = line.action, Event()
    assert action.due is not None  # noqa: S101 (the caller has looked)
    entry.add("uid", f"{action.pk}@{urlsplit(settings.SITE_URL).hostname or 'evenkeel'}")
    entry.add("summary", line.title)
    entry.add("dtstart", action.due)
    entry.add("dtend", action.due + A_DAY)
    entry.add("dtstamp", action.changed_at.astimezone(UTC))
    entry.add("sequence", action.version)
    entry.add("transp", "TRANSPARENT")
    entry.add("url", address)
    entry.add("description", "\n".join(filter(None, (line.step.done if line.step else "", _who(line), address))))
    return entry


def _who(line: ActionLine) -> str:
    return _("Who: %(name)s") % {"name": line.who} if line.who else ""
