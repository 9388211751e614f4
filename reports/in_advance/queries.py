"""Which reports are made in advance, and when their turn has come: after everything that somebody waits for."""

from datetime import datetime
from functools import reduce
from operator import and_

from django.db.models import Exists, Q, QuerySet

from reports.models import MOST_LOST_IN_ADVANCE, Bundle, DataExport, PortfolioFile, Report, ReportState
from reports.queries import ASKED, NOTIFY_AGAIN_AFTER, UNFINISHED, waiting


def made_in_advance() -> "QuerySet[Report]":
    """Those that nobody has asked for so far, ready or not."""
    return Report.objects.filter(requested_by=None)


def makeable_in_advance(now: datetime) -> Q:
    """Reports that nobody has asked for, while nobody waits for any file and no other one of them is in work.

    So a flood of them takes one worker at most, for one report, from whoever asks next. One that failed or that
    lost several workers waits for somebody to ask: then it has all its attempts.
    """
    in_work = made_in_advance().filter(state=ReportState.RENDERING, lease_until__gte=now)
    waited_for = (
        waiting(Report.objects.filter(ASKED), now),
        waiting(Bundle.objects.all(), now),
        waiting(DataExport.objects.all(), now),
        waiting(PortfolioFile.objects.all(), now),
    )
    others = (~Q(Exists(rows)) for rows in (in_work, *waited_for))
    return reduce(and_, others, Q(requested_by=None, attempts=0, lost_leases__lt=MOST_LOST_IN_ADVANCE))


def notified_lately(now: datetime) -> "QuerySet[Report]":
    """On the way to a worker, or being made at this moment."""
    on_the_way = Q(state=ReportState.QUEUED, attempts=0, notified_at__gte=now - NOTIFY_AGAIN_AFTER)
    return made_in_advance().filter(on_the_way | Q(state=ReportState.RENDERING, lease_until__gte=now))


def unmade() -> "QuerySet[Report]":
    """Queued or in work."""
    return made_in_advance().filter(state__in=UNFINISHED)
