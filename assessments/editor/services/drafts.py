"""A draft as a whole: copied from an edition, described, discarded."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import may_edit_bank
from accounts.models import User
from accounts.services.locks import person_now
from assessments.bank.types import SHIPPED_BANK
from assessments.editions.stored import edition_of
from assessments.editor.errors import EditConflict, EditionFixed, GoneMeanwhile, NameTaken
from assessments.editor.services.history import DraftEdit
from assessments.errors import ChangeRefused
from assessments.models import Bank, BankChange, ChangedThing, ChangeVerb, EditionRow, EditionStatus
from assessments.services.banks import hold_bank
from assessments.services.editions import store_draft

COPIED_TWICE = timedelta(seconds=10)
MOST_DRAFTS = 50
"""Of all banks: a draft is a whole edition, some hundred kB."""
MOST_CHANGES_IN_A_DAY = 5_000
"""By one editor. Each keeps the item as it was and as it is, for good; a file that is taken in may be hundreds."""


class TooManyDrafts(ChangeRefused):
    def __init__(self) -> None:
        text = _("There are %(most)d drafts already. Publish or discard one that nobody works on, then try again.")
        super().__init__(text % {"most": MOST_DRAFTS})


class TooManyBankChanges(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(
            _("You have made %(most)d changes to the bank within a day. They are saved; go on tomorrow.")
            % {"most": MOST_CHANGES_IN_A_DAY}
        )


class About(NamedTuple):
    """What an edition says about itself."""

    title: str
    law_status_as_of: date
    disclaimer: str


def about(row: EditionRow) -> About:
    """As stored in the row."""
    return About(row.title, row.law_status_as_of, row.disclaimer)


def hold(draft: EditionRow, by: User) -> EditionRow:
    """The draft, locked until the transaction ends: changes to one draft are serialised.

    Raises EditionFixed if it was published in the meantime, GoneMeanwhile if it was discarded, PermissionDenied if
    `by` is no bank editor any more, and TooManyBankChanges.
    """
    row = EditionRow.objects.select_for_update().defer("frame").filter(pk=draft.pk).first()
    if not may_edit_bank(person_now(by)):
        raise PermissionDenied
    if row is None:
        raise GoneMeanwhile(draft.code)
    if row.status != EditionStatus.DRAFT:
        raise EditionFixed(row.code)
    a_day_ago = timezone.now() - timedelta(days=1)
    if BankChange.objects.filter(by=by, at__gt=a_day_ago).count() >= MOST_CHANGES_IN_A_DAY:
        raise TooManyBankChanges
    return row


def refuse_more_drafts() -> None:
    """Before one more. Raises TooManyDrafts."""
    if EditionRow.objects.filter(status=EditionStatus.DRAFT).count() >= MOST_DRAFTS:
        raise TooManyDrafts


@transaction.atomic
def start_draft(*, source: EditionRow, code: str, by: User, now: datetime) -> EditionRow:
    """A copy of a published edition under a new name, to be changed and then published.

    A double click gets the draft that the first one made. Raises NameTaken, and TooManyDrafts.
    """
    hold_bank(source.bank_id)
    if not may_edit_bank(person_now(by)):
        raise PermissionDenied
    copies = EditionRow.objects.filter(code=code, predecessor=source, drafted_by=by, status=EditionStatus.DRAFT)
    if twice := copies.filter(drafted_at__gt=now - COPIED_TWICE).first():
        return twice
    if EditionRow.objects.filter(code__iexact=code).exists():
        raise NameTaken(code)
    refuse_more_drafts()
    draft = store_draft(edition=replace(edition_of(source), id=code))
    draft.predecessor, draft.drafted_by, draft.drafted_at = source, by, now
    draft.save(update_fields=["predecessor", "drafted_by", "drafted_at"])
    DraftEdit(draft, by, now).record(ChangeVerb.COPIED, ChangedThing.EDITION, "", after={"from": source.code})
    return draft


@transaction.atomic
def save_about(*, draft: EditionRow, texts: About, seen_version: int, by: User, now: datetime) -> EditionRow:
    """Saving what is stored already changes nothing. Raises EditConflict when someone saved another version."""
    row = hold(draft, by)
    before = about(row)
    if texts == before:
        return row
    if row.version != seen_version:
        raise EditConflict(before, row.version)
    row.title, row.law_status_as_of, row.disclaimer = texts
    row.version += 1
    row.save(update_fields=[*About._fields, "version"])
    DraftEdit(row, by, now).record(
        ChangeVerb.CHANGED, ChangedThing.EDITION, "", before=before._asdict(), after=texts._asdict()
    )
    return row


@transaction.atomic
def discard_draft(*, draft: EditionRow, by: User, now: datetime) -> None:
    """Deletes all of its rows, and a bank of which it was the only edition; what was changed in it, when and by whom
    stays on record.
    """
    row = hold(draft, by)
    DraftEdit(row, by, now).record(ChangeVerb.RETIRED, ChangedThing.EDITION, "", before=about(row)._asdict())
    row.delete()
    Bank.objects.filter(pk=row.bank_id, editions=None).exclude(slug=SHIPPED_BANK).delete()
