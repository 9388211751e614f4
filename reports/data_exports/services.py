"""What can happen to the row of a file with all data; the queue's rules are those of every file that is made."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AuditKind, Organisation, User
from accounts.people_data.own_terms import outlived
from accounts.services.locks import lock_person
from reports.models import DataExport, ReportState
from reports.queue import lifecycle
from reports.queue.lifecycle import Claim
from reports.queue.notifications import notify_worker_of_export

MOST_IN_A_DAY = 5


class TooManyExports(ChangeRefused):
    """The files of today are still there."""

    def __init__(self) -> None:
        super().__init__(_("You have asked for this file often enough today. Ask for a new one tomorrow."))


@transaction.atomic
def request_export(*, organisation: Organisation | None, requested_by: User, now: datetime) -> DataExport:
    """Of the organisation, or of the person who asks. One that is still being made is not begun again.

    Raises TooManyExports after MOST_IN_A_DAY.
    """
    lock_person(requested_by)
    rows = DataExport.objects.filter(organisation=organisation, requested_by=requested_by)
    waiting = rows.filter(state__in=(ReportState.QUEUED, ReportState.RENDERING)).first()
    if waiting is not None:
        return waiting
    if rows.filter(requested_at__gt=now - timedelta(days=1)).count() >= MOST_IN_A_DAY:
        raise TooManyExports
    made = DataExport.objects.create(organisation=organisation, requested_by=requested_by, requested_at=now)
    transaction.on_commit(partial(_notify, made.pk, now))
    return made


def retry_export(*, export: DataExport, now: datetime) -> None:
    """Queue one whose file is gone, with three new attempts."""
    rows = DataExport.objects.filter(pk=export.pk, state=ReportState.READY)
    if lifecycle.requeue(rows=rows, requested_by=export.requested_by, now=now):
        transaction.on_commit(partial(_notify, export.pk, now))


def record_export_download(*, export: DataExport, by: Actor) -> None:
    """Into the organisation's trail, or the site's for a person's own data."""
    record(by=by, kind=AuditKind.DATA_DOWNLOADED, organisation=export.organisation)


def claim_export(*, export_id: UUID, now: datetime) -> Claim | None:
    """None if there is nothing to do."""
    return lifecycle.claim_row(rows=DataExport.objects.all(), pk=export_id, now=now)


def sweep_exports(*, now: datetime) -> int:
    """Notify workers of those that none was notified of; give up on those lost three times."""
    lifecycle.give_up(rows=DataExport.objects.all(), now=now)
    return lifecycle.notify_due(rows=DataExport.objects.all(), notify=notify_worker_of_export, now=now)


def delete_outlived_exports(*, now: datetime) -> int:
    over = outlived("downloads", now, since="requested_at", organisation="organisation")
    return lifecycle.delete_with_files(DataExport.objects.filter(over))


def _notify(export_id: UUID, now: datetime) -> None:
    lifecycle.notify_once(rows=DataExport.objects.all(), pk=export_id, notify=notify_worker_of_export, now=now)
