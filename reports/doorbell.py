"""Telling a worker that a report is due. The bell carries the id alone and may be lost: the row is the truth."""

import logging
from uuid import UUID

from celery import current_app

RENDER_TASK = "reports.render_report"
EXPIRES_SECONDS = 600

logger = logging.getLogger(__name__)


def ring(report_id: UUID) -> bool:
    """Whether the broker took the message. If not, the sweeper rings again."""
    try:
        current_app.send_task(RENDER_TASK, args=[str(report_id)], retry=False, expires=EXPIRES_SECONDS)
    except Exception:  # a broker fails in many ways, and none may fail the request of the person who waits
        logger.warning("could not ring for report %s; the sweeper will", report_id, exc_info=True)
        return False
    return True
