"""What can happen to a row for which a worker makes a file: a report or a bundle.

Every change is one conditional UPDATE, so that two workers never both win.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Case, F, QuerySet, When

from accounts.models import User
from reports.models import MOST_ATTEMPTS, MadeFile, ReportError, ReportState
from reports.queries import IN_ORDER, claimable, due_for_notification, in_turn, worn_out
from reports.storage import StoredFile, delete_file

Row = TypeVar("Row", bound=MadeFile)
Notify = Callable[[UUID], bool]
"""Returns whether the broker accepted the message about this row."""

NOTIFICATIONS_PER_SWEEP = 50
LOST_ONE_MORE = F("lost_leases") + Case(When(state=ReportState.RENDERING, then=1), default=0)
"""What is claimed while it is rendered was abandoned by a worker that stopped."""
NOBODY: dict[str, Any] = {"token": None, "lease_until": None, "progress": 0}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make and finish one file, until the lease runs out. `attempt` counts from 1."""

    pk: UUID
    token: UUID
    attempt: int
    model: type[MadeFile]


def claim_row(*, rows: QuerySet[Row], pk: UUID, now: datetime, **also: object) -> Claim | None:
    """None when there is nothing to do: ready, failed, gone, or claimed by another worker."""
    token = uuid4()
    claimed = claimable(rows.filter(pk=pk), now).update(
        state=ReportState.RENDERING,
        token=token,
        lease_until=now + lease(),
        lost_leases=LOST_ONE_MORE,
        progress=0,
        **also,
    )
    if not claimed:
        return None
    # Among all rows: what made it claimable need not hold any more. It may have been cancelled since.
    own = rows.model._default_manager.filter(pk=pk, token=token)
    attempt = own.values_list("attempts", flat=True).first()
    return None if attempt is None else Claim(pk, token, attempt + 1, rows.model)


def keep_claim(*, claim: Claim, now: datetime, **shown: object) -> bool:
    """Extend the lease: the worker is alive. False when the claim is no longer good: stop working."""
    return bool(_held(claim).update(lease_until=now + lease(), **shown))


def finish_row(*, claim: Claim, stored: StoredFile, now: datetime, **also: object) -> bool:
    """Make the stored file the one. False when another worker has taken over: the file is not used."""
    return bool(
        _held(claim).update(
            state=ReportState.READY,
            token=None,
            lease_until=None,
            progress=100,
            file=stored.name,
            file_name=stored.file_name,
            sha256=stored.sha256,
            size=stored.size,
            ready_at=now,
            **also,
        )
    )


def fail_attempt(*, claim: Claim, error: ReportError, now: datetime, **also: object) -> None:
    """Back to the queue, where the sweeper notifies a worker; after the last attempt, failed for good."""
    if claim.attempt < MOST_ATTEMPTS:
        _held(claim).update(state=ReportState.QUEUED, attempts=claim.attempt, notified_at=now, **NOBODY, **also)
    elif _held(claim).update(state=ReportState.FAILED, attempts=claim.attempt, error=error, **NOBODY, **also):
        logger.error("%s %s failed for good: %s", claim.model.__name__, claim.pk, error)


def give_up(*, rows: QuerySet[Row], now: datetime, **also: object) -> None:
    """Mark rows as failed that so many workers stopped at."""
    lost = worn_out(rows, now).update(state=ReportState.FAILED, error=ReportError.STOPPED, **NOBODY, **also)
    if lost:
        logger.error("%d of %s failed for good: their workers stopped", lost, rows.model.__name__)


def notify_due(*, rows: QuerySet[Row], notify: Notify, now: datetime) -> int:
    """Notify workers of the longest-waiting rows that none was notified of recently; returns how many.

    Only those whose turn it is (`in_turn`).
    """
    in_order = in_turn(rows).order_by(*IN_ORDER)
    due = due_for_notification(in_order, now).values_list("pk", flat=True)
    notified = 0
    for pk in list(due[:NOTIFICATIONS_PER_SWEEP]):
        if notify_once(rows=rows, pk=pk, notify=notify, now=now) is False:
            break
        notified += 1
    return notified


def notify_once(*, rows: QuerySet[Row], pk: UUID, notify: Notify, now: datetime) -> bool | None:
    """Notify a worker if none was recently, and it is the row's turn; None otherwise.

    False if the broker did not accept the message.
    """
    return notify_of(rows=in_turn(rows), pk=pk, notify=notify, now=now)


def notify_of(*, rows: QuerySet[Row], pk: UUID, notify: Notify, now: datetime) -> bool | None:
    """As `notify_once`, where `rows` are those whose turn it is."""
    if not due_for_notification(rows.filter(pk=pk), now).update(notified_at=now):
        return None
    if notify(pk):
        return True
    rows.model._default_manager.filter(pk=pk, notified_at=now).update(notified_at=None)
    return False


def requeue(*, rows: QuerySet[Row], requested_by: User | None, now: datetime, **also: object) -> bool:
    """With three new attempts and no file. With None it stays with who asked for it: a worker may not change that."""
    if requested_by is not None:
        also["requested_by"] = requested_by
    return bool(
        rows.update(
            state=ReportState.QUEUED,
            error="",
            attempts=0,
            lost_leases=0,
            progress=0,
            file="",
            file_name="",
            sha256="",
            size=None,
            ready_at=None,
            requested_at=now,
            notified_at=None,
            **also,
        )
    )


def delete_with_files(rows: QuerySet[Row]) -> int:
    """Files first: a row without a file is found again. Returns how many."""
    over = list(rows)
    for row in over:
        if row.file:
            delete_file(row.file)
        row.delete()
    return len(over)


def start_over(*, rows: QuerySet[Row]) -> None:
    """Whoever works on one of them works in vain: what is made now is made from the rows as they are now."""
    rows.filter(state=ReportState.RENDERING).update(state=ReportState.QUEUED, notified_at=None, **NOBODY)


def lease() -> timedelta:
    return timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def _held(claim: Claim) -> QuerySet[MadeFile]:
    rows: QuerySet[MadeFile] = claim.model._default_manager.filter(
        pk=claim.pk, state=ReportState.RENDERING, token=claim.token
    )
    return rows
