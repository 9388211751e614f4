"""A report that somebody no longer waits for."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from reports.models import BundleItem, Report, ShareLink
from reports.queries import UNFINISHED
from reports.services import notify_next


def cancellable(rows: "QuerySet[Report]") -> "QuerySet[Report]":
    """Unfinished, and nobody else counts on it: no bundle waits for it, and no link leads to it."""
    bundled = BundleItem.objects.filter(report=OuterRef("pk"), bundle__state__in=UNFINISHED)
    shared = ShareLink.objects.filter(report=OuterRef("pk"))
    return rows.filter(~Exists(bundled), ~Exists(shared), state__in=UNFINISHED)


def may_cancel(report: Report, person: User) -> bool:
    """Whoever asked for it may, while it is cancellable; one query while it is unfinished, none otherwise."""
    if report.state not in UNFINISHED or report.requested_by_id != person.pk:
        return False
    return cancellable(Report.objects.filter(pk=report.pk)).exists()


@transaction.atomic
def cancel_report(*, report: Report, by: User, now: datetime) -> bool:
    """Delete the row, as if nobody had asked. Whether it is gone: a second click finds it so.

    A worker that is at it finds its claim lost and deletes what it made. Who asks again gets a new one.
    """
    rows = Report.objects.filter(pk=report.pk)
    # Locked first, then looked at: a bundle that takes it at this moment has it, or finds it gone.
    locked = rows.select_for_update(of=("self",)).first()
    if locked is None:
        return True
    if not may_cancel(locked, by):
        return False
    locked.delete()
    transaction.on_commit(partial(notify_next, now=now))
    return True
