"""How long somebody still waits, as far as this installation's own measurements say. No rows and no clock here."""

import math
from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEWEST = 3
"""From fewer finished reports nothing is concluded."""
A_FEW_SECONDS, MINUTE = 5, 60


def usual_duration(durations: Sequence[timedelta]) -> timedelta | None:
    """The middle one; None if there are not enough of them."""
    if len(durations) < FEWEST:
        return None
    return timedelta(seconds=median(each.total_seconds() for each in durations))


def time_until_made(usual: timedelta, *, before: int, in_work: int) -> timedelta:
    """Of a report that waits: `before` come first, `in_work` of them at the same time, as many as are made at once."""
    at_once = max(in_work, 1)
    return usual * math.ceil((before + 1) / at_once)


def place_words(before: int) -> str:
    """ "3 before yours" """
    if not before:
        return _("Yours is next")
    return ngettext("%(count)d before yours", "%(count)d before yours", before) % {"count": before}


def remaining_words(left: timedelta) -> str:
    """ "About 20 seconds left"; rounded up, so that it is rather sooner. What is over time says so."""
    seconds = left.total_seconds()
    if seconds <= 0:
        return _("It takes longer than usual")
    if seconds <= A_FEW_SECONDS:
        return _("A few seconds left")
    if seconds <= MINUTE:
        return _("About %(count)d seconds left") % {"count": math.ceil(seconds / 10) * 10}
    minutes = math.ceil(seconds / MINUTE)
    return ngettext("About %(count)d minute left", "About %(count)d minutes left", minutes) % {"count": minutes}
