"""Who may enter the editor, and from a name in a URL to a row of the bank. Anyone but a bank editor gets 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from accounts.access import may_edit_bank
from accounts.refused.rights import MissingRight, RightIsMissing
from accounts.requests import SignedInRequest
from assessments.editor.errors import EditionFixed
from assessments.models import BankChange, ChangedThing, EditionRow, EditionStatus

ViewParameters = ParamSpec("ViewParameters")


def bank_editor(
    view: Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse],
) -> Callable[Concatenate[SignedInRequest, ViewParameters], HttpResponse]:
    """The guard in front of every view of the editor."""

    @wraps(view)
    def guarded(
        request: SignedInRequest, /, *args: ViewParameters.args, **kwargs: ViewParameters.kwargs
    ) -> HttpResponse:
        if not may_edit_bank(request.user):
            raise RightIsMissing(MissingRight.BANK_EDITOR)
        return view(request, *args, **kwargs)

    return guarded


def edition_seen(code: str) -> EditionRow:
    """Any edition: bank editors may read them all. 404 if there is none."""
    row = EditionRow.objects.select_related("predecessor", "drafted_by").defer("frame").filter(code=code).first()
    if row is None:
        raise Http404
    return row


def draft_open(code: str) -> EditionRow:
    """A draft to be changed. Raises EditionFixed for a published edition; the page then says so."""
    row = edition_seen(code)
    if row.status != EditionStatus.DRAFT:
        raise EditionFixed(row.code)
    return row


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
