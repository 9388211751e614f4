"""How many reports there may be: each is a file, kept as long as its result, and at worst minutes of a worker."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import User
from accounts.services.locks import lock_person
from assessments.models import Result
from reports.models import BundleItem, Report, ReportError, ReportState
from reports.queries import ASKED

MOST_OF_A_RESULT = 150
"""Every kind in every format, in several looks and languages."""
MOST_OF_A_PERSON_IN_A_DAY = 1_000
"""As many as a consultant needs for one file about every client."""
MOST_TOO_HEAVY_IN_A_DAY = 6
"""Reports of one person that took too much time or memory: each kept a worker busy three times, for minutes."""
TOO_HEAVY = (ReportError.TIME, ReportError.MEMORY)
DAY = timedelta(days=1)
COSTS_NOTHING = ASKED | Q(state=ReportState.READY)
"""What is being made in advance still costs a worker's time; what is ready does not."""


class TooManyReports(ChangeRefused):
    """The result or the person has as many as there may be."""


class RetriedTooOften(ChangeRefused):
    """The report was tried again as often as it is in a day; the number is in config/rate_limits.py."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This report was tried again several times today, and it failed each time. Try it again tomorrow. If "
                "it takes too long, shorten the longest notes in your next assessment; if it still fails, tell "
                "whoever runs this site."
            )
        )


class CancelledTooOften(ChangeRefused):
    """As often as a person may in a day, as each had a worker begin in vain; the number is in config/rate_limits.py."""

    def __init__(self) -> None:
        super().__init__(
            _("You have cancelled many reports today. This one goes on: leave the page, it will be there.")
        )


def refuse_too_many_reports(*, missing: Sequence[Result], by: User, now: datetime) -> None:
    """Before a report is made of each of these. Raises TooManyReports.

    Locks the person if there is one to be made, so that nobody asks for two at once.
    """
    if not missing:
        return
    lock_person(by)
    today = Report.objects.filter(requested_by=by, requested_at__gt=now - DAY)
    if today.count() + len(missing) > MOST_OF_A_PERSON_IN_A_DAY:
        raise TooManyReports(
            _("You have asked for %(most)d reports within a day. Those that are there stay; go on tomorrow.")
            % {"most": MOST_OF_A_PERSON_IN_A_DAY}
        )
    _refuse_heavy_ones(today.filter(state=ReportState.FAILED, error__in=TOO_HEAVY).count())
    _make_room(missing, now)


def _make_room(results: Sequence[Result], now: datetime) -> None:
    """Of a result with as many as there may be the longest-kept one goes, which can be made again at any time: nobody
    keeps a colleague from a report. One that a link opens or that a file with many reports holds stays, and so does one
    of the last day: what is gone is counted by no limit of a day.
    """
    full = Report.objects.filter(ASKED, result__in=results).order_by().values("result").annotate(there=Count("pk"))
    held = BundleItem.objects.filter(report=OuterRef("pk"))
    for result in full.filter(there__gte=MOST_OF_A_RESULT).values_list("result", flat=True):
        finished = Report.objects.filter(ASKED, result=result, state__in=(ReportState.READY, ReportState.FAILED))
        kept = finished.filter(~Exists(held), share_links=None)
        oldest = kept.filter(requested_at__lte=now - DAY).order_by("requested_at", "pk").first()
        if oldest is None:
            raise TooManyReports(
                _("There are %(most)d reports of one result, and all are in use or new. Download one of those.")
                % {"most": MOST_OF_A_RESULT}
            )
        oldest.delete()


def _refuse_heavy_ones(failed: int) -> None:
    if failed >= MOST_TOO_HEAVY_IN_A_DAY:
        raise TooManyReports(
            _(
                "Several of your reports took more time or memory than is allowed today. Long notes are the usual "
                "reason: shorten them in the next assessment, or ask again tomorrow."
            )
        )
