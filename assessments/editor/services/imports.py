"""Importing files into drafts: a file is kept first, then the accepted changes are made at once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.utils import DataError, IntegrityError
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.bank.diff.accept import apply_changes
from assessments.bank.diff.editions import ChangeId, compare_editions
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError
from assessments.bank.types import Edition
from assessments.editions.stored import read_edition_rows
from assessments.editor.errors import NameTaken
from assessments.editor.files import FileRead, named
from assessments.editor.services.drafts import hold
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.publishing import DraftChanged, fingerprint
from assessments.editor.services.rewriting import misfits, rewrite
from assessments.errors import ChangeRefused
from assessments.models import BankImport, ChangedThing, ChangeVerb, EditionRow
from assessments.services.editions import store_draft


class NotStorable(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("These changes do not fit together, so nothing was changed. Accept fewer of them, or all."))


@transaction.atomic
def keep_import(*, draft: EditionRow, read: FileRead, file_name: str, by: User, now: datetime) -> BankImport:
    """Keeps the file for the dry run. Raises DocumentError for what no draft can hold."""
    row = hold(draft)
    edition = named(read.edition, row.code)
    refuse_misfits(edition)
    return BankImport.objects.create(
        draft=row,
        file_name=file_name[:200],
        document=write_edition(edition),
        notes=list(read.notes),
        by=by,
        at=now,
    )


@transaction.atomic
def draft_from_file(*, read: FileRead, code: str, by: User, now: datetime) -> EditionRow:
    """A new draft with the content of the file, copied from no edition. Raises NameTaken and DocumentError."""
    if EditionRow.objects.filter(code__iexact=code).exists():
        raise NameTaken(code)
    edition = named(read.edition, code)
    refuse_misfits(edition)
    draft = store_draft(edition=edition)
    draft.drafted_by, draft.drafted_at = by, now
    draft.save(update_fields=["drafted_by", "drafted_at"])
    DraftEdit(draft, by, now).record(ChangeVerb.IMPORTED, ChangedThing.EDITION, "", after={"from": read.edition.id})
    return draft


def accept_changes(
    *, kept: BankImport, accepted: Collection[ChangeId] | None, seen: str, by: User, now: datetime
) -> None:
    """Applies the accepted changes and what they need to the draft; None accepts all. `seen` is the fingerprint of the
    draft that the list was made from. Raises DraftChanged when someone changed it since, NotStorable when the
    changes do not fit together.
    """
    try:
        with transaction.atomic():
            draft = hold(kept.draft)
            old, offered = read_edition_rows(draft.pk), imported(kept)
            if fingerprint(draft, old) != seen:
                raise DraftChanged
            taken = compare_editions(old, offered).ids if accepted is None else accepted
            rewrite(DraftEdit(draft, by, now), old, apply_changes(old, offered, taken))
    except (IntegrityError, DataError) as error:
        raise NotStorable from error


def imported(kept: BankImport) -> Edition:
    """The edition that the kept file holds."""
    return read_edition({kept.file_name: kept.document})


def refuse_misfits(edition: Edition) -> None:
    problems = misfits(edition)
    if problems:
        raise DocumentError(problems)
