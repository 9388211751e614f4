"""Who may enter the editor, and from a name in a URL to a row of the bank. Anyone but a bank editor gets 403, and
where it says so, anyone but an administrator.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from accounts.access import is_administrator, may_edit_bank
from accounts.queries import Person
from accounts.refused.rights import MissingRight, RightIsMissing
from accounts.requests import SignedInRequest
from assessments.editor.errors import EditionFixed
from assessments.models import Bank, BankChange, ChangedThing, EditionRow, EditionStatus

ViewParameters = ParamSpec("ViewParameters")


def bank_editor(
    view: Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse],
) -> Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse]:
    """The guard in front of every view of the editor but those of administrators."""
    return _guarded(view, may_edit_bank, MissingRight.BANK_EDITOR)


def administrator(
    view: Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse],
) -> Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse]:
    """The guard in front of the views that only administrators may use."""
    return _guarded(view, is_administrator, MissingRight.ADMINISTRATOR)


def _guarded(
    view: Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse],
    may: Callable[[Person], bool],
    right: MissingRight,
) -> Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse]:
    @wraps(view)
    def guarded(
        request: SignedInRequest, /, *args: ViewParameters.args, **kwargs: ViewParameters.kwargs
    ) -> HttpResponse:
        if not may(request.user):
            raise RightIsMissing(right)
        return view(request, *args, **kwargs)

    return guarded


def edition_seen(code: str) -> EditionRow:
    """Any edition: bank editors may read them all. 404 if there is none."""
    row = (
        EditionRow.objects.select_related("predecessor", "drafted_by", "bank").defer("frame").filter(code=code).first()
    )
    if row is None:
        raise Http404
    return row


def draft_open(code: str) -> EditionRow:
    """A draft to be changed. Raises EditionFixed for a published edition; the page then says so."""
    row = edition_seen(code)
    if row.status != EditionStatus.DRAFT:
        raise EditionFixed(row.code)
    return row


def published_edition(code: str) -> EditionRow:
    """An edition that can be offered or withdrawn; 404 for a draft and for one that is retired."""
    row = edition_seen(code)
    if row.status != EditionStatus.PUBLISHED:
        raise Http404
    return row


def bank_seen(slug: str) -> Bank:
    """Any bank by its short name; 404 if there is none."""
    bank: Bank = find_row(Bank.objects, slug=slug)
    return bank


def source_of_copy(code: str) -> EditionRow:
    """An edition that can be copied to a draft: one that no longer changes."""
    row = edition_seen(code)
    if row.status == EditionStatus.DRAFT:
        raise Http404
    return row


def find_row(rows: Any, **key: object) -> Any:
    """The one row with this key; 404 if there is none."""
    row = rows.filter(**key).first()
    if row is None:
        raise Http404
    return row


def lineage(row: EditionRow) -> list[int]:
    """Keys of the edition and of those it was copied from, newest first."""
    keys: list[int] = []
    step: int | None = row.pk
    while step is not None and step not in keys:
        keys.append(step)
        step = EditionRow.objects.values_list("predecessor", flat=True).get(pk=step)
    return keys


def change_seen(row: EditionRow, code: str, pk: int) -> BankChange:
    """A change of a question, made in this edition or in one it comes from."""
    changes = BankChange.objects.filter(edition__in=lineage(row), what=ChangedThing.QUESTION, code=code)
    change: BankChange = find_row(changes, pk=pk)
    return change
