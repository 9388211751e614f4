"""Notifying a worker that a file is due. The message carries only the id and may be lost: the row is the truth."""

import logging
from uuid import UUID

from celery import current_app

RENDER_TASK = "reports.render_report"
BUNDLE_TASK = "reports.make_bundle"
EXPORT_TASK = "reports.make_data_export"
PORTFOLIO_TASK = "reports.make_portfolio"
EXPIRES_SECONDS = 600

logger = logging.getLogger(__name__)


def notify_worker(report_id: UUID) -> bool:
    """Whether the broker accepted the message. If not, the sweeper sends another."""
    return _send(RENDER_TASK, report_id)


def notify_worker_of_bundle(bundle_id: UUID) -> bool:
    """As `notify_worker`, for a bundle."""
    return _send(BUNDLE_TASK, bundle_id)


def notify_worker_of_export(export_id: UUID) -> bool:
    """As `notify_worker`, for a file with all data."""
    return _send(EXPORT_TASK, export_id)


def notify_worker_of_portfolio(portfolio_id: UUID) -> bool:
    """As `notify_worker`, for a portfolio."""
    return _send(PORTFOLIO_TASK, portfolio_id)


def _send(task: str, pk: UUID) -> bool:
    try:
        current_app.send_task(task, args=[str(pk)], retry=False, expires=EXPIRES_SECONDS)
    except Exception:  # a broker fails in many ways, and none may fail the request of the person who waits
        logger.warning("could not send %s for %s; the sweeper will", task, pk, exc_info=True)
        return False
    return True
