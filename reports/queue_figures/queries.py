"""The queue in figures, without a word of what is in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from reports.models import Bundle, DataExport, MadeFile, PortfolioFile, Report, ReportError, ReportState
from reports.queries import ASKED

FILES: tuple[type[MadeFile], ...] = (Report, Bundle, DataExport, PortfolioFile)
LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Of one sort of file. `oldest` is for how long the longest-waiting one has waited; `finished` is of LATELY.

    Nobody waits for what is made in advance.
    """

    model: type[MadeFile]
    waiting: int
    in_work: int
    oldest: timedelta | None
    failed: int
    finished: int


def queue_figures(now: datetime) -> list[QueueFigures]:
    """Of every sort of file that workers make; one query each."""
    return [_figures(model, now) for model in FILES]


def failures() -> dict[ReportError, int]:
    """How many files failed for good, by the reason; one query each sort."""
    found: dict[ReportError, int] = {}
    for model in FILES:
        rows = model._default_manager.filter(state=ReportState.FAILED).order_by()
        for error, count in rows.values_list("error").annotate(count=Count("pk")):
            found[ReportError(error)] = found.get(ReportError(error), 0) + count
    return found


def _figures(model: type[MadeFile], now: datetime) -> QueueFigures:
    in_work = Q(state=ReportState.RENDERING, lease_until__gte=now)
    waits = ASKED & (Q(state=ReportState.QUEUED) | Q(state=ReportState.RENDERING, lease_until__lt=now))
    counted = model._default_manager.order_by().aggregate(
        waiting=Count("pk", filter=waits),
        in_work=Count("pk", filter=in_work),
        oldest=Min("requested_at", filter=waits),
        failed=Count("pk", filter=Q(state=ReportState.FAILED)),
        finished=Count("pk", filter=Q(state=ReportState.READY, ready_at__gte=now - LATELY)),
    )
    since = counted.pop("oldest")
    return QueueFigures(model=model, oldest=now - since if since else None, **counted)
