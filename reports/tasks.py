"""What the worker does, and when. Thin: an id in, everything else is in the row."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from reports import rendering, services, worker  # noqa: F401 (worker listens to Celery's signals)
from reports.bundles import making
from reports.bundles import services as bundles
from reports.doorbell import BUNDLE_TASK, RENDER_TASK

BUNDLE_SECONDS = 600


@shared_task(name=RENDER_TASK)
def render_report(report_id: str) -> None:
    """A bell that rings twice or too late finds nothing to claim and costs one UPDATE."""
    claim = services.claim(report_id=UUID(report_id), now=timezone.now())
    if claim is not None:
        rendering.render(claim)


@shared_task(name=BUNDLE_TASK, soft_time_limit=BUNDLE_SECONDS, time_limit=BUNDLE_SECONDS + 30)
def make_bundle(bundle_id: str) -> None:
    claim = bundles.claim(bundle_id=UUID(bundle_id), now=timezone.now())
    if claim is not None:
        making.make(claim)


@shared_task(name="reports.ring_due_reports")
def ring_due_reports() -> None:
    services.sweep(now=timezone.now())
    bundles.sweep(now=timezone.now())


@shared_task(name="reports.delete_orphan_files")
def delete_orphan_files() -> None:
    """And the bundles that were kept long enough."""
    bundles.delete_outlived(now=timezone.now())
    services.delete_orphan_files(now=timezone.now())
