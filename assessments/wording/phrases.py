"""Phrases that several kinds of statements share."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR = 60
WORKING_DAY = 8 * HOUR


def joined(words: Sequence[str]) -> str:
    """ "a, b and c" """
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def date_text(day: date) -> str:
    """ "21 November 2026" """
    return date_format(day, "j F Y")


def numbered_day(day: date, place: int) -> str:
    """ "3 May 2026" for the first of that day, "3 May 2026, second" for the next one."""
    if place == 1:
        return date_text(day)
    names = {2: _("second"), 3: _("third"), 4: _("fourth")}
    return _("%(day)s, %(place)s") % {
        "day": date_text(day),
        "place": names.get(place) or _("no. %(number)d") % {"number": place},
    }


def amount(part: int, whole: int) -> str:
    """Such as "3 of 7", in the active language."""
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def minutes_text(minutes: int) -> str:
    """ "45 minutes", "2 hours 30 minutes"; in whole days of eight hours from two days on."""
    if minutes >= 2 * WORKING_DAY:
        days = (minutes + WORKING_DAY // 2) // WORKING_DAY
        return ngettext("about %(count)d working day", "about %(count)d working days", days) % {"count": days}
    hours, rest = divmod(minutes, HOUR)
    parts = [ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


def unsettled_text(unsettled: str) -> str:
    """Marks what nobody knows for certain about a law or a duty yet; empty where all is settled."""
    return _("Unsettled: %(what)s") % {"what": unsettled} if unsettled else ""


def check_mark(provisional: bool) -> str:
    """Marks what rests on a fact that nobody was sure of; empty for everything else."""
    return _("to be checked") if provisional else ""


def part_mark(in_part: bool) -> str:
    return _("met in part") if in_part else ""


def provisional_note() -> str:
    return _("To be checked: it rests on a fact about the business that nobody was sure of.")


def minutes_between(low: int, high: int) -> str:
    """ "about 20 to 30 minutes"; a single number where both are the same."""
    if low == high:
        return ngettext("about %(count)d minute", "about %(count)d minutes", high) % {"count": high}
    return _("about %(low)d to %(high)d minutes") % {"low": low, "high": high}
