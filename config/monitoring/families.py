"""Figures of the site as families of metrics. All are gauges: rows are deleted, so a count of them can fall."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric

from accounts.models import RecordKind
from reports.site_status.figures import SiteFigures

SEEN_RECORDS = {RecordKind.BACKUP: "backup", RecordKind.RESTORE_TEST: "restore_check"}


def families(figures: SiteFigures) -> Iterator[Metric]:
    """Those with labels have one value for each, also where it is 0, as far as the labels are known beforehand."""
    yield from _queue(figures)
    yield from _rendered(figures)
    failed = GaugeMetricFamily("evenkeel_files_failed", "Failed for good, by the reason.", labels=["reason"])
    for reason, count in figures.failures.items():
        failed.add_metric([reason.value], count)
    yield failed
    yield GaugeMetricFamily(
        "evenkeel_erasures_failed", "Ordered deletions of accounts that fail again and again.", figures.failed_erasures
    )
    yield GaugeMetricFamily(
        "evenkeel_migrations_pending", "Migrations of this code that the database lacks.", figures.pending_migrations
    )
    yield _moments(figures)


def _queue(figures: SiteFigures) -> Iterator[Metric]:
    depth = GaugeMetricFamily("evenkeel_queue_depth", "Files that wait for a worker.", labels=["kind"])
    age = GaugeMetricFamily("evenkeel_queue_age_seconds", "How long the oldest has waited.", labels=["kind"])
    at_work = GaugeMetricFamily("evenkeel_files_at_work", "Files that a worker is making.", labels=["kind"])
    finished = GaugeMetricFamily("evenkeel_files_finished_last_hour", "Files that were finished.", labels=["kind"])
    for each in figures.queue:
        kind = [each.model._meta.model_name or ""]
        depth.add_metric(kind, each.waiting)
        age.add_metric(kind, each.oldest.total_seconds() if each.oldest else 0)
        at_work.add_metric(kind, each.in_work)
        finished.add_metric(kind, each.finished)
    yield from (depth, age, at_work, finished)


def _rendered(figures: SiteFigures) -> Iterator[Metric]:
    labels = ["kind", "format"]
    renders = GaugeMetricFamily("evenkeel_renders_last_hour", "Reports that were finished.", labels=labels)
    seconds = GaugeMetricFamily("evenkeel_render_seconds_last_hour", "What all of these took.", labels=labels)
    for each in figures.rendered:
        renders.add_metric([each.kind, each.format], each.count)
        seconds.add_metric([each.kind, each.format], each.seconds)
    yield from (renders, seconds)


def _moments(figures: SiteFigures) -> Metric:
    """Left out is what has never happened: an alert asks for it by name."""
    last = GaugeMetricFamily(
        "evenkeel_last_timestamp_seconds", "When it was last done, in seconds since 1970.", labels=["what"]
    )
    moments = {name: figures.records[kind].newest for kind, name in SEEN_RECORDS.items() if kind in figures.records}
    for name, moment in {**moments, "retention": figures.deleted_at, "work": figures.worked_at}.items():
        if moment is not None:
            last.add_metric([name], moment.timestamp())
    return last
