"""The registry of citations and the checklist of an edition."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.paging import address_again, list_page, page_query
from accounts.requests import SignedInRequest
from assessments.bank.types import ChecklistEntry
from assessments.editions.stored import citation_of, edition_of
from assessments.editor.access import bank_editor, draft_open, edition_seen, find_row
from assessments.editor.forms.simple_forms import CitationForm, ItemForm, NewItemForm
from assessments.editor.pages.lists import citation_lines, item_lines
from assessments.editor.pages.simple_form import BackLink, SimpleFormPage
from assessments.editor.pages.texts import named_texts
from assessments.editor.services.checklist import (
    add_item,
    covering_questions,
    item_of,
    move_item,
    remove_item,
    save_item,
)
from assessments.editor.services.citations import (
    add_citation,
    remove_citation,
    save_citation,
    users_of_citation,
)
from assessments.editor.views.simple_forms import save_form, show_form, step_asked
from assessments.models import ChecklistItem, CitationRow, EditionRow, EditionStatus

CITATION_FIELDS = ("label", "says", "law", "verification", "source", "unsettled")


def _item_initial(item: ChecklistEntry) -> dict[str, object]:
    return {"text": item.text, "concerns": item.concerns}


def _citations(row: EditionRow) -> BackLink:
    return BackLink(reverse("bank_citations", args=[row.code]), _("All citations"))


def _checklist(row: EditionRow) -> BackLink:
    return BackLink(reverse("bank_checklist", args=[row.code]), _("The checklist"))


@require_safe
@bank_editor
def citations(request: SignedInRequest, edition: str) -> HttpResponse:
    row = edition_seen(edition)
    unverified = request.GET.get("show") == "unverified"
    lines = citation_lines(row, edition_of(row), unverified=unverified)
    page = list_page(lines, request.GET)
    context = {"row": row, "page": page, "unverified": unverified, "is_draft": row.status == EditionStatus.DRAFT}
    return render(request, "editor/citations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def citation(request: SignedInRequest, edition: str, pk: int) -> HttpResponse:
    row = draft_open(edition) if request.method == "POST" else edition_seen(edition)
    own: CitationRow = find_row(row.citations, pk=pk)
    bank = edition_of(row)
    stored = citation_of(own)
    initial = {name: getattr(stored, name) for name in CITATION_FIELDS} | {"version": own.version}
    users = tuple(users_of_citation(row, own.label))
    page = SimpleFormPage(
        row,
        own.label,
        _citations(row),
        CitationForm(initial=initial, edition=bank) if row.status == EditionStatus.DRAFT else None,
        users=users,
        remove_url="" if users else reverse("bank_citation_remove", args=[row.code, pk]),
        texts=named_texts(bank, stored),
    )
    if request.method != "POST":
        return show_form(request, page)
    form = CitationForm(request.POST, edition=bank)
    return save_form(
        request,
        page,
        form,
        CitationForm.citation,
        lambda mine: save_citation(
            draft=row, pk=pk, citation=mine, seen_version=form.seen_version, by=request.user, now=timezone.now()
        ),
        page.back.url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def citation_add(request: SignedInRequest, edition: str) -> HttpResponse:
    row = draft_open(edition)
    bank = edition_of(row)
    page = SimpleFormPage(row, _("New citation"), _citations(row), CitationForm(edition=bank))
    if request.method != "POST":
        return show_form(request, page)
    return save_form(
        request,
        page,
        CitationForm(request.POST, edition=bank),
        CitationForm.citation,
        lambda mine: add_citation(draft=row, citation=mine, by=request.user, now=timezone.now()),
        page.back.url,
    )


@require_POST
@bank_editor
def citation_remove(request: SignedInRequest, edition: str, pk: int) -> HttpResponse:
    row = draft_open(edition)
    remove_citation(draft=row, pk=pk, by=request.user, now=timezone.now())
    messages.success(request, _("The citation was removed."))
    return redirect("bank_citations", edition=row.code)


@require_safe
@bank_editor
def checklist(request: SignedInRequest, edition: str) -> HttpResponse:
    row = edition_seen(edition)
    page = list_page(item_lines(row, edition_of(row)), request.GET)
    context = {"row": row, "page": page, "is_draft": row.status == EditionStatus.DRAFT}
    return render(request, "editor/checklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def item(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition) if request.method == "POST" else edition_seen(edition)
    own: ChecklistItem = find_row(row.checklist, code=code)
    stored, bank = item_of(own), edition_of(row)
    users = tuple(covering_questions(own))
    is_draft = row.status == EditionStatus.DRAFT
    page = SimpleFormPage(
        row,
        _("Checklist item %(code)s") % {"code": code},
        _checklist(row),
        ItemForm(initial=_item_initial(stored) | {"version": own.version}, edition=bank) if is_draft else None,
        users=users,
        remove_url="" if users else reverse("bank_item_remove", args=[row.code, code]),
        texts=named_texts(bank, stored),
    )
    if request.method != "POST":
        return show_form(request, page)
    form = ItemForm(request.POST, edition=bank)
    return save_form(
        request,
        page,
        form,
        lambda valid: valid.item(code),
        lambda mine: save_item(
            draft=row, item=mine, seen_version=form.seen_version, by=request.user, now=timezone.now()
        ),
        page.back.url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def item_add(request: SignedInRequest, edition: str) -> HttpResponse:
    row = draft_open(edition)
    bank = edition_of(row)
    page = SimpleFormPage(row, _("New checklist item"), _checklist(row), NewItemForm(edition=bank))
    if request.method != "POST":
        return show_form(request, page)
    return save_form(
        request,
        page,
        NewItemForm(request.POST, edition=bank),
        NewItemForm.new_item,
        lambda mine: add_item(draft=row, item=mine, by=request.user, now=timezone.now()),
        page.back.url,
    )


@require_POST
@bank_editor
def item_move(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    move_item(draft=row, code=code, step=step_asked(request), by=request.user, now=timezone.now())
    place = list(row.checklist.values_list("code", flat=True)).index(code)
    return redirect(address_again(reverse("bank_checklist", args=[row.code]), page_query(place), code))


@require_POST
@bank_editor
def item_remove(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    remove_item(draft=row, code=code, by=request.user, now=timezone.now())
    messages.success(request, _("%(code)s was removed.") % {"code": code})
    return redirect("bank_checklist", edition=row.code)
