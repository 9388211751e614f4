"""Reads: queryset in, queryset out."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Case, F, Min, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from assessments.models import Result
from assessments.results.comparison import results_of
from reports.kinds.registry import REPORT_KINDS, ReportKind
from reports.models import MOST_ATTEMPTS, MOST_LOST_LEASES, MadeFile, Report, ReportState

Row = TypeVar("Row", bound=MadeFile)

UNFINISHED = (ReportState.QUEUED, ReportState.RENDERING)
NOTIFY_AGAIN_AFTER = timedelta(seconds=10)
"""A message that no worker answered within this time counts as lost."""


ASKED = Q(requested_by__isnull=False)
"""Somebody counts on it. Of reports there are others, made in advance: nobody has asked for them so far."""

IN_TURN = 2
"""So many files for one person are in work, or on the way to a worker, at the same time."""


IN_ORDER = ("attempts", "lost_leases", "requested_at")
"""One that fails, or kills its worker, delays nobody else."""


def ahead_of(row: MadeFile) -> Q:
    """Those that come before `row` in IN_ORDER."""
    ahead, level = Q(), Q()
    for name in (*IN_ORDER, "pk"):
        value = getattr(row, name)
        ahead |= level & Q(**{f"{name}__lt": value})
        level &= Q(**{name: value})
    return ahead


def in_turn(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The first unfinished rows of each person who asked: whoever asks for many keeps nobody waiting who asks for one.

    What nobody has asked for is none of them: reports/in_advance has its turn. Those with lost leases come last. Of all
    that have failed before, one at a time has its turn: it may take a worker for as long as is allowed, and fail again,
    while another worker is left for everybody else.
    """
    unfinished = rows.order_by().filter(ASKED, state__in=UNFINISHED)
    of_person = Window(RowNumber(), partition_by=F("requested_by"), order_by=[*IN_ORDER, "pk"])
    first = unfinished.filter(attempts=0).annotate(place=of_person).filter(place__lte=IN_TURN)
    in_work_first = Case(When(state=ReportState.RENDERING, then=0), default=1)
    of_all = Window(RowNumber(), order_by=[in_work_first, *IN_ORDER, "pk"])
    again = unfinished.filter(attempts__gt=0).annotate(place=of_all).filter(place=1)
    return rows.filter(Q(pk__in=first.values("pk")) | Q(pk__in=again.values("pk")))


def waiting(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Nobody works on them: queued, or abandoned by a worker whose lease ran out."""
    return rows.filter(Q(state=ReportState.QUEUED) | Q(state=ReportState.RENDERING, lease_until__lt=now))


def claimable(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Waiting, and not given up."""
    given_up = Q(state=ReportState.RENDERING, lost_leases__gte=MOST_LOST_LEASES)
    return waiting(rows, now).filter(~given_up, attempts__lt=MOST_ATTEMPTS)


def worn_out(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Abandoned once more than is allowed."""
    return rows.filter(state=ReportState.RENDERING, lease_until__lt=now, lost_leases__gte=MOST_LOST_LEASES)


def due_for_notification(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Claimable, and no worker was notified of them recently."""
    return claimable(rows, now).filter(Q(notified_at__isnull=True) | Q(notified_at__lt=now - NOTIFY_AGAIN_AFTER))


def oldest_waiting(now: datetime) -> timedelta | None:
    """For how long the report has been waiting that somebody has waited for longest; None when none is."""
    oldest = waiting(Report.objects.filter(ASKED), now).aggregate(oldest=Min("requested_at"))["oldest"]
    return now - oldest if oldest else None


def failed_reports() -> int:
    """Reports that no worker could make; each waits for somebody to try it again."""
    return Report.objects.filter(state=ReportState.FAILED).count()


def kinds_for(organisation: UUID, result: Result) -> list[ReportKind]:
    """The kinds of report that there can be of its result: none that compares without an earlier one."""
    compares = results_of(organisation).filter(finished_at__lt=result.finished_at).exists()
    return [each for each in REPORT_KINDS.values() if compares or not each.compares]
