"""What the worker does, and when. Tasks get only an id; everything else is in the row."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from reports import services
from reports.bundles import making
from reports.bundles import services as bundles
from reports.data_exports import services as exports
from reports.data_exports.making import assemble_export
from reports.in_advance import services as in_advance
from reports.portfolio import services as portfolios
from reports.portfolio.making import make_portfolio_file
from reports.queue.notifications import BUNDLE_TASK, EXPORT_TASK, PORTFOLIO_TASK, RENDER_TASK
from reports.sample.file import delete_former_samples, make_sample_report
from reports.worker import process, rendering  # noqa: F401 (process listens to Celery's signals)

BUNDLE_SECONDS = 600


@shared_task(name=RENDER_TASK)
def render_report(report_id: str) -> None:
    """A message that comes twice or too late finds nothing to claim and costs one UPDATE."""
    claim = services.claim(report_id=UUID(report_id), now=timezone.now())
    if claim is not None:
        rendering.render(claim)
        services.notify_next(now=timezone.now())
        in_advance.notify_next_in_advance(now=timezone.now())


@shared_task(name=BUNDLE_TASK, soft_time_limit=BUNDLE_SECONDS, time_limit=BUNDLE_SECONDS + 30)
def make_bundle(bundle_id: str) -> None:
    claim = bundles.claim_bundle(bundle_id=UUID(bundle_id), now=timezone.now())
    if claim is not None:
        making.assemble_bundle(claim)


@shared_task(name=EXPORT_TASK, soft_time_limit=BUNDLE_SECONDS, time_limit=BUNDLE_SECONDS + 30)
def make_data_export(export_id: str) -> None:
    claim = exports.claim_export(export_id=UUID(export_id), now=timezone.now())
    if claim is not None:
        assemble_export(claim)


@shared_task(name=PORTFOLIO_TASK, soft_time_limit=BUNDLE_SECONDS, time_limit=BUNDLE_SECONDS + 30)
def make_portfolio(portfolio_id: str) -> None:
    claim = portfolios.claim_portfolio(portfolio_id=UUID(portfolio_id), now=timezone.now())
    if claim is not None:
        make_portfolio_file(claim)


@shared_task(name="reports.notify_due_reports")
def notify_due_reports() -> None:
    services.sweep(now=timezone.now())
    bundles.sweep_bundles(now=timezone.now())
    exports.sweep_exports(now=timezone.now())
    portfolios.sweep_portfolios(now=timezone.now())
    in_advance.notify_next_in_advance(now=timezone.now())


@shared_task(name="reports.delete_orphan_files")
def delete_expired_files() -> None:
    """Files that belong to no row, and files for download that were kept long enough."""
    bundles.delete_outlived_bundles(now=timezone.now())
    exports.delete_outlived_exports(now=timezone.now())
    portfolios.delete_outlived_portfolios(now=timezone.now())
    services.delete_orphan_files(now=timezone.now())
    delete_former_samples(timezone.now())


@shared_task(name="reports.make_sample_report")
def make_missing_sample() -> None:
    """Nobody asks for it: it is looked for every minute, and made where it is missing."""
    make_sample_report(timezone.now().date())
