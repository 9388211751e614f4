"""Importing files into drafts: a file is kept first and compared; what is ticked is then taken in at once."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache

from cattrs.errors import BaseValidationError
from django.db import transaction
from django.db.utils import DataError, IntegrityError
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.bank.diff.accept import apply_changes
from assessments.bank.diff.editions import ChangeId
from assessments.bank.document.origin import content_fingerprint
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.merge.choices import ChangeMark, Choices, brought_along, change_marks, with_choices
from assessments.bank.merge.three_way import ChangeSource, ThreeWays, compare_three_ways
from assessments.bank.types import Edition
from assessments.editions.newest import newest_in, offered, published
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editor.errors import NameTaken
from assessments.editor.files import FileRead, named
from assessments.editor.services.drafts import hold, refuse_more_drafts
from assessments.editor.services.history import DraftEdit
from assessments.editor.services.publishing import fingerprint
from assessments.editor.services.rewriting import misfits, rewrite
from assessments.errors import ChangeRefused
from assessments.models import Bank, BankImport, BankSnapshot, ChangedThing, ChangeVerb, EditionRow, EditionStatus
from assessments.results.json_values import structure
from assessments.services.editions import store_draft

MOST_OF_A_DRAFT = 10
"""Files that wait to be compared; a further one takes the place of the oldest."""


class NotStorable(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("These changes do not fit together, so nothing was changed. Take in fewer of them, or all."))


class NothingTicked(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_("Nothing is ticked, so nothing was changed. Tick what the draft should take from the file."))


class ComparedAgain(ChangeRefused):
    """The draft is no longer what the person saw."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed the draft while you were looking, so nothing was taken in yet. The file is compared "
                "again below. Your ticks are still there, except where the draft has another text now."
            )
        )


class NeedsMore(ChangeRefused):
    """What was ticked cannot stand alone. The rest is ticked now, for the person to see."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _(
                "Nothing was taken in yet. What you ticked needs %(count)d more of the changes, or something would "
                "refer to what is not there. They are ticked now too and listed first: look at them and take them in, "
                "or untick what needs them."
            )
            % {"count": count}
        )


@transaction.atomic
def keep_import(*, draft: EditionRow, read: FileRead, file_name: str, by: User, now: datetime) -> BankImport:
    """Keeps the file for the dry run. Raises DocumentError for a file of another bank, or what no draft can hold."""
    row = hold(draft, by)
    if read.edition.bank != row.bank.slug:
        raise DocumentError([_of_another_bank(read.edition, row)])
    edition = named(read.edition, row.code, row.bank.slug)
    refuse_misfits(edition)
    kept = BankImport.objects.filter(draft=row).order_by("-at", "-pk").values_list("pk", flat=True)
    BankImport.objects.filter(pk__in=list(kept[MOST_OF_A_DRAFT - 1 :])).delete()
    return BankImport.objects.create(
        draft=row,
        file_name=file_name[:200],
        document=write_edition(edition),
        notes=list(read.notes),
        origin=asdict(read.origin) if read.origin else {},
        by=by,
        at=now,
    )


@transaction.atomic
def draft_from_file(*, read: FileRead, code: str, by: User, now: datetime) -> EditionRow:
    """A new draft with the content of the file, copied from no edition, in the bank that the file names.

    Raises NameTaken, DocumentError, and TooManyDrafts.
    """
    if EditionRow.objects.filter(code__iexact=code).exists():
        raise NameTaken(code)
    refuse_more_drafts()
    edition = named(read.edition, code, read.edition.bank)
    refuse_misfits(edition)
    draft = store_draft(edition=edition)
    draft.drafted_by, draft.drafted_at = by, now
    draft.save(update_fields=["drafted_by", "drafted_at"])
    DraftEdit(draft, by, now).record(ChangeVerb.IMPORTED, ChangedThing.EDITION, "", after={"from": read.edition.id})
    return draft


def imported(kept: BankImport) -> Edition:
    """The edition that the kept file holds."""
    return _read_once(kept.document)


def base_of(kept: BankImport) -> Edition | None:
    """What the file was exported from; None if it does not say, or if nothing like it is stored."""
    code, wanted = kept.origin.get("edition", ""), kept.origin.get("fingerprint", "")
    if not wanted:
        return None
    row = EditionRow.objects.exclude(status=EditionStatus.DRAFT).defer("frame").filter(code=code).first()
    if row is not None and content_fingerprint(edition := edition_of(row)) == wanted:
        return edition
    if not BankSnapshot.objects.filter(fingerprint=wanted, edition_code=code).exists():
        return None
    try:
        return _read_snapshot(wanted)
    except BaseValidationError:
        # It was kept by a version of this software with other types.
        return None


@lru_cache(maxsize=4)
def _read_snapshot(wanted: str) -> Edition:
    return structure(BankSnapshot.objects.get(fingerprint=wanted).document, Edition)


@lru_cache(maxsize=4)
def _read_once(document: str) -> Edition:
    """Reading takes seconds, and the same file is shown page by page."""
    return read_edition({"": document})


def compare_import(kept: BankImport, draft: Edition) -> ThreeWays:
    """`draft` is the content of the draft now."""
    return compare_three_ways(base_of(kept), draft, imported(kept))


def choices_of(kept: BankImport) -> Choices:
    """As stored, also those that no longer fit the values."""
    return {ChangeId(which): (ChangeMark(mark), ticked) for which, (mark, ticked) in kept.choices.items()}


@transaction.atomic
def keep_choices(
    *, kept: BankImport, shown: Mapping[ChangeId, ChangeMark], ticked: Collection[ChangeId], by: User
) -> None:
    """Remembers what a page of the list had ticked; `shown` are all changes on it with the marks they had there.

    Raises what `hold` raises.
    """
    hold(kept.draft, by)
    row = BankImport.objects.get(pk=kept.pk)
    row.choices = {**row.choices, **{which: (mark, which in ticked) for which, mark in shown.items()}}
    row.save(update_fields=["choices"])
    kept.choices = row.choices


@transaction.atomic
def choose_all(*, kept: BankImport, source: ChangeSource, ticked: bool, by: User) -> None:
    """Ticks or unticks every change of one kind, on all pages. Raises what `hold` raises."""
    hold(kept.draft, by)
    ways = compare_import(kept, read_edition_rows(kept.draft.pk))
    marks = change_marks(ways.diff)
    wanted = {which: (marks[which], ticked) for which, own in ways.source.items() if own is source}
    row = BankImport.objects.get(pk=kept.pk)
    row.choices = {**row.choices, **wanted}
    row.save(update_fields=["choices"])


def base_for(edition: Edition) -> EditionRow | None:
    """What a new draft for this edition of a file begins as: the newest edition of the bank that the file names."""
    bank = Bank.objects.filter(slug=edition.bank).first()
    return (newest_in(bank, offered()) or newest_in(bank, published())) if bank else None


def _of_another_bank(edition: Edition, draft: EditionRow) -> Problem:
    message = _(
        "the file is of the bank “%(theirs)s”, the draft is of the bank “%(ours)s”: choose a new draft, "
        "or name the draft’s bank in the file"
    )
    return Problem("bank", message % {"theirs": edition.bank, "ours": draft.bank.slug})


def take_in(*, kept: BankImport, seen: str, by: User, now: datetime) -> int:
    """Changes the draft by what is ticked, and says how many changes that were.

    `seen` is the fingerprint of the draft that the list was made from. Raises ComparedAgain when someone changed it
    since, NeedsMore when the ticked changes need others, NothingTicked, and NotStorable when they do not fit together.
    """
    try:
        with transaction.atomic():
            draft = hold(kept.draft, by)
            old = read_edition_rows(draft.pk)
            if fingerprint(draft, old) != seen:
                raise ComparedAgain
            ways = compare_import(kept, old)
            ticked = with_choices(ways, choices_of(kept))
            more = brought_along(ways, ticked)
            if ticked and not more:
                rewrite(DraftEdit(draft, by, now), old, apply_changes(old, ways.file, ticked))
    except (IntegrityError, DataError) as error:
        raise NotStorable from error
    if more:
        marks = change_marks(ways.diff)
        keep_choices(kept=kept, shown={which: marks[which] for which in more}, ticked=more, by=by)
        raise NeedsMore(len(more))
    if not ticked:
        raise NothingTicked
    return len(ticked)


def refuse_misfits(edition: Edition) -> None:
    problems = misfits(edition)
    if problems:
        raise DocumentError(problems)
