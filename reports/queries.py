"""Reads: queryset in, queryset out."""

from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from reports.models import MOST_ATTEMPTS, Report, ReportState

RING_AGAIN_AFTER = timedelta(seconds=10)
"""A bell that nobody answered for so long is taken as lost."""


def waiting(rows: QuerySet[Report], now: datetime) -> QuerySet[Report]:
    """Nobody works on them: queued, or left behind by a worker whose lease ran out."""
    return rows.filter(Q(state=ReportState.QUEUED) | Q(state=ReportState.RENDERING, lease_until__lt=now))


def claimable(rows: QuerySet[Report], now: datetime) -> QuerySet[Report]:
    return waiting(rows, now).filter(attempts__lt=MOST_ATTEMPTS)


def worn_out(rows: QuerySet[Report], now: datetime) -> QuerySet[Report]:
    """Left behind by their last try."""
    return rows.filter(state=ReportState.RENDERING, lease_until__lt=now, attempts__gte=MOST_ATTEMPTS)


def unheard(rows: QuerySet[Report], now: datetime) -> QuerySet[Report]:
    """Claimable, and no worker was told of them lately."""
    return claimable(rows, now).filter(Q(rung_at__isnull=True) | Q(rung_at__lt=now - RING_AGAIN_AFTER))


def oldest_waiting(now: datetime) -> timedelta | None:
    """For how long the longest-waiting report has been waiting; None when none is."""
    oldest = waiting(Report.objects.all(), now).aggregate(oldest=Min("requested_at"))["oldest"]
    return now - oldest if oldest else None
