"""Which edition is the newest, always within one bank, and on which one new assessments start."""

from datetime import date, datetime

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.bank.types import SHIPPED_BANK
from assessments.models import Bank, DefaultBank, EditionRow, EditionStatus

NEWEST_LAST = ("law_status_as_of", "published_at", "pk")


def published() -> QuerySet[EditionRow]:
    """Of every bank."""
    return EditionRow.objects.filter(status=EditionStatus.PUBLISHED).defer("frame")


def offered() -> QuerySet[EditionRow]:
    """Editions of every bank that are offered for new assessments and for upgrades."""
    return published().filter(offered_at__isnull=False)


def newest_in(bank: Bank | int | Coalesce, among: QuerySet[EditionRow]) -> EditionRow | None:
    """The edition published last among those with the latest state of the law; editions of other banks never count."""
    return among.filter(bank=bank).order_by(*NEWEST_LAST).last()


def newest_by_bank(among: QuerySet[EditionRow]) -> dict[int, EditionRow]:
    """`newest_in` of every bank at once, by the bank's key."""
    return {row.bank_id: row for row in among.order_by(*NEWEST_LAST)}


def newest_offered_or_none() -> EditionRow | None:
    """What a new assessment starts on: of the editions of the default bank that are offered, the newest."""
    return newest_in(_default_key(), offered())


def newest_offered() -> EditionRow:
    """Like `newest_offered_or_none`; raises EditionRow.DoesNotExist while there is none."""
    found = newest_offered_or_none()
    if found is None:
        raise EditionRow.DoesNotExist
    return found


def is_newer(row: EditionRow, than: EditionRow) -> bool:
    """Whether both are published in one bank, `row` later in the order of `newest_in`."""
    return row.bank_id == than.bank_id and _place(row) > _place(than)


def earlier_than(draft: EditionRow) -> QuerySet[EditionRow]:
    """The published editions of its bank that the draft, published now, would be newer than."""
    return EditionRow.objects.filter(bank=draft.bank_id, law_status_as_of__lte=draft.law_status_as_of).exclude(
        Q(status=EditionStatus.DRAFT) | Q(pk=draft.pk)
    )


def default_bank() -> Bank | None:
    """The bank that an administrator chose last, else the shipped one; None before there is any edition."""
    return Bank.objects.filter(pk=_default_key()).first()


def is_of_default_bank(row: EditionRow) -> bool:
    """Whether new assessments could start on it, as far as its bank goes."""
    return Bank.objects.filter(pk=row.bank_id).filter(pk=_default_key()).exists()


def _default_key() -> Coalesce:
    chosen = DefaultBank.objects.order_by("-pk").values("bank")[:1]
    shipped = Bank.objects.filter(slug=SHIPPED_BANK).values("pk")[:1]
    return Coalesce(Subquery(chosen), Subquery(shipped))


def _place(row: EditionRow) -> tuple[date, datetime, int]:
    if row.published_at is None:
        raise ValueError(f"{row.code} is a draft")
    return row.law_status_as_of, row.published_at, row.pk
