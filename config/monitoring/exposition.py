"""The answer to a scrape, in Prometheus' text format."""

import math
import time
from collections.abc import Iterator
from threading import Lock

import structlog
from django.conf import settings
from django.db import Error
from django.utils import timezone
from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.monitoring.counting import COUNTS
from config.monitoring.families import families
from config.monitoring.processes import counts_folder
from reports.site_status.checks import CHECKS, DiskSpace, disk_space
from reports.site_status.figures import SiteFigures, site_figures

logger = structlog.get_logger(__name__)

KEPT_SECONDS = 10.0
disable_created_metrics()


class RecentFigures:
    """Whoever scrapes often asks the database no more than once in KEPT_SECONDS."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.asked_at = -math.inf
        self.kept: SiteFigures | None = None

    def now(self) -> SiteFigures | None:
        """None while the database does not answer."""
        with self.lock:
            if time.monotonic() - self.asked_at >= KEPT_SECONDS:
                self.kept = _figures_or_none()
                self.asked_at = time.monotonic()
            return self.kept


class SiteCollector(Collector):
    """The site as its database and its disk know it: the same from every process and every host."""

    def __init__(self, failed_checks: list[str]) -> None:
        self.failed = failed_checks

    def describe(self) -> list[Metric]:
        """Nothing is read for that."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield _gauge("evenkeel_info", "Always 1; the label is the version.", {"version": settings.VERSION}, 1)
        checks = GaugeMetricFamily("evenkeel_check_failed", "1 if /readyz finds it wanting.", labels=["check"])
        for name in CHECKS:
            checks.add_metric([name], float(name in self.failed))
        yield checks
        yield from _disk(disk_space())
        figures = recent_figures.now()
        if figures is not None:
            yield from families(figures)


recent_figures = RecentFigures()


def exposition(failed_checks: list[str]) -> bytes:
    """Everything, whichever process is asked; `failed_checks` are names of checks."""
    registry = CollectorRegistry()
    if counts_folder():
        MultiProcessCollector(registry, counts_folder())
    text: bytes = generate_latest(registry) if counts_folder() else generate_latest(COUNTS)
    of_site = CollectorRegistry()
    of_site.register(SiteCollector(failed_checks))
    return text + generate_latest(of_site)


def _figures_or_none() -> SiteFigures | None:
    try:
        return site_figures(timezone.now())
    except Error:
        logger.warning("no_figures", exc_info=True)
        return None


def _gauge(name: str, text: str, labels: dict[str, str], value: float) -> Metric:
    family = GaugeMetricFamily(name, text, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _disk(space: DiskSpace | None) -> Iterator[Metric]:
    if space is not None:
        yield GaugeMetricFamily("evenkeel_disk_free_bytes", "Room for stored files.", value=space.free)
        yield GaugeMetricFamily("evenkeel_disk_size_bytes", "Of the disk they are on.", value=space.size)
