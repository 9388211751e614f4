"""Exporting an edition: the file says what it was made from, and that is kept for when it comes back."""

from datetime import datetime

from django.db import transaction

from accounts.people_data.terms import kept_for
from assessments.bank.document.origin import FileOrigin, origin_of
from assessments.bank.types import Edition
from assessments.models import BankSnapshot, EditionRow, EditionStatus
from assessments.results.json_values import unstructure


@transaction.atomic
def remember_export(*, row: EditionRow, edition: Edition, now: datetime) -> FileOrigin:
    """`edition` is the content of the row. A published one never changes, so only drafts are kept.

    Also deletes what nobody has exported for as long as the table of retention says.
    """
    origin = origin_of(edition, status=row.status, version=row.version, exported_at=now.isoformat(timespec="seconds"))
    if row.status == EditionStatus.DRAFT:
        BankSnapshot.objects.filter(last_exported_at__lt=now - kept_for("bank_snapshots")).delete()
        BankSnapshot.objects.update_or_create(
            fingerprint=origin.fingerprint,
            defaults={"last_exported_at": now},
            create_defaults={
                "edition_code": edition.id,
                "document": unstructure(edition),
                "last_exported_at": now,
            },
        )
    return origin
