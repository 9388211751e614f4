"""Writing down what was done outside of the software; and taking back what was written down by mistake."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import LastRun, OperatorRecord, RecordKind, User
from accounts.people_data.terms import kept_for
from accounts.services.locks import lock_person

SAME_WITHIN = timedelta(minutes=1)
"""The same record sent again so soon is a second click."""


@transaction.atomic
def write_record(
    *,
    kind: RecordKind,
    happened_at: datetime,
    by: User | None,
    note: str = "",
    open_count: int | None = None,
    now: datetime | None = None,
) -> OperatorRecord:
    """`by` is None for the command line. ValidationError for a day to come, or for a count that does not belong."""
    if by is not None:
        lock_person(by)
    now = now or timezone.now()
    record = OperatorRecord(
        kind=kind,
        happened_at=happened_at,
        note=" ".join(note.split()),
        open_count=open_count,
        recorded_at=now,
        recorded_by=by,
    )
    record.full_clean()
    again = OperatorRecord.objects.filter(
        kind=kind,
        note=record.note,
        open_count=open_count,
        recorded_by=by,
        recorded_at__gte=now - SAME_WITHIN,
        happened_at__range=(happened_at - SAME_WITHIN, happened_at + SAME_WITHIN),
        withdrawn_at=None,
    ).first()
    if again is not None:
        return again
    record.save(force_insert=True)
    return record


def withdraw_record(*, record: OperatorRecord, by: User, now: datetime) -> None:
    """It is disregarded from now on, and still shown, with who withdrew it; a second withdrawal changes nothing."""
    OperatorRecord.objects.filter(pk=record.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)


def delete_old_records(now: datetime) -> None:
    """Those whose time in the table of retention is over."""
    OperatorRecord.objects.filter(happened_at__lt=now - kept_for("operator_records")).delete()


def note_run(*, name: str, now: datetime) -> None:
    """Scheduled work ended well."""
    LastRun.objects.update_or_create(name=name, defaults={"ended_at": now})
