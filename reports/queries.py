"""Reads: queryset in, queryset out."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Min, Q, QuerySet

from reports.models import MOST_ATTEMPTS, MadeFile, Report, ReportState

Row = TypeVar("Row", bound=MadeFile)

NOTIFY_AGAIN_AFTER = timedelta(seconds=10)
"""A message that no worker answered within this time counts as lost."""


def waiting(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Nobody works on them: queued, or abandoned by a worker whose lease ran out."""
    return rows.filter(Q(state=ReportState.QUEUED) | Q(state=ReportState.RENDERING, lease_until__lt=now))


def claimable(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Waiting, with an attempt left."""
    return waiting(rows, now).filter(attempts__lt=MOST_ATTEMPTS)


def worn_out(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Abandoned in their last attempt."""
    return rows.filter(state=ReportState.RENDERING, lease_until__lt=now, attempts__gte=MOST_ATTEMPTS)


def due_for_notification(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Claimable, and no worker was notified of them recently."""
    return claimable(rows, now).filter(Q(notified_at__isnull=True) | Q(notified_at__lt=now - NOTIFY_AGAIN_AFTER))


def oldest_waiting(now: datetime) -> timedelta | None:
    """For how long the longest-waiting report has been waiting; None when none is."""
    oldest = waiting(Report.objects.all(), now).aggregate(oldest=Min("requested_at"))["oldest"]
    return now - oldest if oldest else None


def failed_reports() -> int:
    """Reports that no worker could make; each waits for somebody to try it again."""
    return Report.objects.filter(state=ReportState.FAILED).count()
