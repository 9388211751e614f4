"""What the database knows about the site, in counts and times; the same number of queries however much there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Sum

from accounts.models import RecordKind
from accounts.operations.figures import RecordSpan, last_run, record_spans
from accounts.people_data.erasure_orders import erasures_that_fail
from accounts.services.retention import RETENTION_RUN
from reports.models import Report, ReportError, ReportState
from reports.queue_figures.queries import FILES, LATELY, QueueFigures, failures, queue_figures


@dataclass(frozen=True, slots=True)
class RenderedLately:
    """Reports of one kind and format that were finished within LATELY; `seconds` of work on all of them together."""

    kind: str
    format: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """`worked_at` is when a worker last finished a file; `deleted_at` when the deleting of old rows last ended well."""

    queue: Sequence[QueueFigures]
    failures: Mapping[ReportError, int]
    rendered: Sequence[RenderedLately]
    worked_at: datetime | None
    deleted_at: datetime | None
    failed_erasures: int
    records: Mapping[RecordKind, RecordSpan]
    pending_migrations: int


def site_figures(now: datetime) -> SiteFigures:
    """As they are now, in a fixed number of queries."""
    return SiteFigures(
        queue=queue_figures(now),
        failures=failures(),
        rendered=rendered_lately(now),
        worked_at=last_work(),
        deleted_at=last_run(RETENTION_RUN),
        failed_erasures=erasures_that_fail().count(),
        records=record_spans(),
        pending_migrations=pending_migrations(),
    )


def rendered_lately(now: datetime) -> list[RenderedLately]:
    """By kind and format; one query."""
    took = ExpressionWrapper(F("ready_at") - F("begun_at"), output_field=DurationField())
    rows = Report.objects.filter(state=ReportState.READY, ready_at__gte=now - LATELY).exclude(begun_at=None)
    counted = rows.order_by("kind", "format").values("kind", "format").annotate(count=Count("pk"), took=Sum(took))
    return [
        RenderedLately(row["kind"], row["format"], row["count"], (row["took"] or timedelta()).total_seconds())
        for row in counted
    ]


def last_work() -> datetime | None:
    """When a worker last finished a file of any sort; one query each sort."""
    newest = [model._default_manager.aggregate(newest=Max("ready_at"))["newest"] for model in FILES]
    return max(filter(None, newest), default=None)


def pending_migrations() -> int:
    """How many of this code's migrations the database does not have."""
    return len(_known_migrations() - set(MigrationRecorder(connection).applied_migrations()))


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Files do not change while a process runs. What a squashed one replaces has no file any more."""
    return frozenset(MigrationLoader(None).disk_migrations)
