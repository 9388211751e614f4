"""What can happen to a report row. Every change is one conditional UPDATE, so that two workers never both win."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from assessments.models import Result
from reports import storage
from reports.doorbell import ring
from reports.models import MOST_ATTEMPTS, Report, ReportError, ReportKind, ReportState, ReportStep
from reports.queries import claimable, unheard, worn_out
from reports.storage import StoredFile

TEMPLATE_VERSION = 2
"""Raised when the document's content or look changes: a new request then makes a new report."""

BELLS_PER_SWEEP = 50

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to render and finish one report, until the lease runs out."""

    report_id: UUID
    token: UUID
    attempt: int


def request_report(
    *, result: Result, requested_by: User, language: str, now: datetime, kind: ReportKind = ReportKind.FULL
) -> Report:
    """The report of this result: the one there is, or a new one that a worker is told of after commit."""
    report, created = Report.objects.get_or_create(
        result=result,
        kind=kind,
        language=language,
        template_version=TEMPLATE_VERSION,
        defaults={"requested_by": requested_by, "requested_at": now},
    )
    if created:
        transaction.on_commit(partial(ring_once, report_id=report.pk, now=now))
    return report


def retry_report(*, report: Report, requested_by: User, now: datetime) -> None:
    """Queue a failed report anew, with three new tries. Nothing happens to any other."""
    _queue_anew(report, ReportState.FAILED, requested_by, now)


def make_again(*, report: Report, requested_by: User, now: datetime) -> None:
    """Queue a ready report anew because its file is gone from the storage; its result is still there."""
    _queue_anew(report, ReportState.READY, requested_by, now)


def claim(*, report_id: UUID, now: datetime) -> Claim | None:
    """None when there is nothing to do: ready, failed, gone, or somebody else is at it."""
    token = uuid4()
    rows = claimable(Report.objects.filter(pk=report_id), now)
    claimed = rows.update(
        state=ReportState.RENDERING,
        token=token,
        lease_until=now + lease(),
        attempts=F("attempts") + 1,
        progress=0,
        step=ReportStep.COLLECTING,
    )
    if not claimed:
        return None
    return Claim(report_id, token, Report.objects.values_list("attempts", flat=True).get(pk=report_id))


def heartbeat(*, claim: Claim, progress: int, step: ReportStep, now: datetime) -> bool:
    """Show progress and extend the lease. False when the claim is no longer good: stop working."""
    return bool(_held(claim).update(progress=progress, step=step, lease_until=now + lease()))


def keep(*, claim: Claim, now: datetime) -> bool:
    """Extend the lease: the worker is alive. False when the claim is no longer good."""
    return bool(_held(claim).update(lease_until=now + lease()))


def finish(*, claim: Claim, stored: StoredFile, pages: int, now: datetime) -> bool:
    """Make the stored file the report. False when another worker has taken over: the file is not used."""
    return bool(
        _held(claim).update(
            state=ReportState.READY,
            token=None,
            lease_until=None,
            progress=100,
            step=ReportStep.DONE,
            file=stored.name,
            file_name=stored.file_name,
            sha256=stored.sha256,
            size=stored.size,
            pages=pages,
            ready_at=now,
        )
    )


def fail(*, claim: Claim, error: ReportError, now: datetime) -> None:
    """Back to the queue for another try, which the sweeper rings for; after the last one, failed for good."""
    given_up = {"token": None, "lease_until": None, "progress": 0, "step": ReportStep.WAITING}
    if claim.attempt < MOST_ATTEMPTS:
        _held(claim).update(state=ReportState.QUEUED, rung_at=now, **given_up)
    elif _held(claim).update(state=ReportState.FAILED, error=error, **given_up):
        logger.error("report %s failed for good: %s", claim.report_id, error)


def sweep(*, now: datetime) -> int:
    """Ring for the longest-waiting reports that no worker heard of; give up on those lost three times.

    Those with failed tries come after those without, so that a poisoned one holds up nobody.

    Any number of sweepers may run at once. Returns how many bells were rung.
    """
    lost = worn_out(Report.objects.all(), now).update(
        state=ReportState.FAILED,
        error=ReportError.STOPPED,
        token=None,
        lease_until=None,
        progress=0,
        step=ReportStep.WAITING,
    )
    if lost:
        logger.error("%d reports failed for good: their workers stopped", lost)
    due = unheard(Report.objects.order_by("attempts", "requested_at"), now).values_list("pk", flat=True)[
        :BELLS_PER_SWEEP
    ]
    rung = 0
    for report_id in list(due):
        if ring_once(report_id=report_id, now=now) is False:
            break
        rung += 1
    return rung


def ring_once(*, report_id: UUID, now: datetime) -> bool | None:
    """Ring if nobody did lately. None when somebody did, False when the broker would not take it."""
    if not unheard(Report.objects.filter(pk=report_id), now).update(rung_at=now):
        return None
    if ring(report_id):
        return True
    Report.objects.filter(pk=report_id, rung_at=now).update(rung_at=None)
    return False


def delete_orphan_files(*, now: datetime) -> int:
    """Delete stored files that are no report: left by workers that died or came too late, or by deleted rows."""
    names = list(storage.old_files(now))
    used = set(Report.objects.filter(file__in=names).values_list("file", flat=True))
    orphans = [name for name in names if name not in used]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def lease() -> timedelta:
    return timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def _held(claim: Claim) -> QuerySet[Report]:
    return Report.objects.filter(pk=claim.report_id, state=ReportState.RENDERING, token=claim.token)


def _queue_anew(report: Report, state: ReportState, requested_by: User, now: datetime) -> None:
    queued = Report.objects.filter(pk=report.pk, state=state).update(
        state=ReportState.QUEUED,
        error="",
        attempts=0,
        progress=0,
        step=ReportStep.WAITING,
        file="",
        file_name="",
        sha256="",
        size=None,
        pages=None,
        ready_at=None,
        requested_by=requested_by,
        requested_at=now,
        rung_at=None,
    )
    if queued:
        transaction.on_commit(partial(ring_once, report_id=report.pk, now=now))
