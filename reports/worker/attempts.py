"""One attempt at one file: however it ends, the row says so."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from reports.models import ReportError
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.worker.heartbeat import heartbeat

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Another worker has taken over, or nobody wants the file any more."""


class NotStored(Exception):
    """A file could not be stored, or one that should exist is gone."""


@contextmanager
def one_attempt(claim: Claim, **waiting: object) -> Iterator[None]:
    """Keeps the claim while inside, and records why it failed. `waiting` is set on a row that waits again.

    Without a database nothing can be recorded: the lease runs out, as if the worker had stopped.
    """
    try:
        with heartbeat(claim):
            yield
    except ClaimLost:
        logger.warning("%s %s was taken over by another worker, or cancelled", claim.model.__name__, claim.pk)
    except (InterfaceError, OperationalError):
        logger.warning("%s %s is left to another worker: no database", claim.model.__name__, claim.pk, exc_info=True)
    except SoftTimeLimitExceeded:
        _failed(claim, ReportError.TIME, waiting)
    except MemoryError:
        _failed(claim, ReportError.MEMORY, waiting)
    except NotStored:
        _failed(claim, ReportError.STORAGE, waiting)
    except Exception:  # whatever it is, the person who waits must be told
        _failed(claim, ReportError.UNEXPECTED, waiting)


def _failed(claim: Claim, error: ReportError, waiting: dict[str, object]) -> None:
    logger.exception("%s %s failed at attempt %d: %s", claim.model.__name__, claim.pk, claim.attempt, error)
    lifecycle.fail_attempt(claim=claim, error=error, now=timezone.now(), **waiting)
