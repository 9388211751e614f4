"""Editions as files: export, and import after a dry run."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.merge.three_way import ChangeSource
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editor.access import bank_editor, draft_open, edition_seen, find_row
from assessments.editor.files import CONTENT_TYPES, FileFormat, FileRead, read_file, read_library_file, write_file
from assessments.editor.forms.files import LIBRARY, ChoicesForm, ImportForm
from assessments.editor.pages.dry_run.page import dry_run_page
from assessments.editor.pages.problems import ProblemLine, problem_list
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.exports import remember_export
from assessments.editor.services.imports import (
    base_for,
    choose_all,
    draft_from_file,
    keep_choices,
    keep_import,
    take_in,
)
from assessments.editor.xlsx import MOST_BYTES
from assessments.errors import ChangeRefused
from assessments.forms.errors import error_links
from assessments.models import BankImport, EditionRow, EditionStatus

WHATEVER = "unfinished"
"""The query parameter of a download that somebody wants although it could not be imported again."""


@require_safe
@bank_editor
def export_edition(request: SignedInRequest, edition: str, kind: str) -> HttpResponse:
    if kind not in set(FileFormat):
        raise Http404
    row = edition_seen(edition)
    try:
        content = _exported(row, FileFormat(kind))
        missing = _missing(content, kind) if row.status == EditionStatus.DRAFT and WHATEVER not in request.GET else ()
    except DocumentError as error:
        return render(request, "editor/export.html", {"problems": _lines(row, error.problems), "row": row}, status=409)
    if missing:
        context = {"row": row, "problems": _lines(row, missing), "whatever": WHATEVER}
        return render(request, "editor/export.html", context)
    response = HttpResponse(content, content_type=CONTENT_TYPES[FileFormat(kind)])
    response["Content-Disposition"] = f'attachment; filename="{row.code}.{kind}"'
    return response


def _exported(row: EditionRow, kind: FileFormat) -> bytes:
    """What it was made from is kept only if it could be written."""
    edition = edition_of(row)
    with transaction.atomic():
        return write_file(edition, kind, remember_export(row=row, edition=edition, now=timezone.now()))


def _lines(row: EditionRow, problems: Iterable[Problem]) -> tuple[ProblemLine, ...]:
    return problem_list(row, edition_of(row), problems).errors


def _missing(content: bytes, kind: str) -> tuple[Problem, ...]:
    """What an unfinished draft lacks for its file to be imported again."""
    try:
        read_file(content, f"draft.{kind}")
    except DocumentError as error:
        return error.problems
    return ()


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def upload(request: SignedInRequest) -> HttpResponse:
    drafts = EditionRow.objects.filter(status=EditionStatus.DRAFT).values_list("code", flat=True)
    form = ImportForm(request.POST or None, request.FILES or None, drafts=list(drafts))
    if request.method != "POST":
        return _upload_page(request, form)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    try:
        kept = _take(request, form)
    except DocumentError as error:
        return _upload_page(request, form, error.problems, status=422)
    return redirect("bank_dry_run", edition=kept.draft.code, pk=kept.pk)


@transaction.atomic
def _take(request: SignedInRequest, form: ImportForm) -> BankImport:
    """Read first: a file that cannot be read leaves no draft behind."""
    file, now = form.cleaned_data["file"], timezone.now()
    if form.cleaned_data["kind"] == LIBRARY:
        read = _library(file, newest_offered_or_none())
        draft = draft_from_file(read=read, code=form.cleaned_data["name"], by=request.user, now=now)
    else:
        read = read_file(_bytes(file), file.name)
        draft = _draft(request, form, read)
    return keep_import(draft=draft, read=read, file_name=file.name, by=request.user, now=now)


def _library(file: "UploadedFile[bytes]", base: EditionRow | None) -> FileRead:
    if base is None:
        raise DocumentError([Problem("", _("a library needs a published edition for its scale and scope"))])
    return read_library_file(_bytes(file), file.name or "", edition_of(base))


def _bytes(file: "UploadedFile[bytes]") -> bytes:
    """At most one byte more than is allowed."""
    data: bytes = file.read(MOST_BYTES + 1)
    return data


def _draft(request: SignedInRequest, form: ImportForm, read: FileRead) -> EditionRow:
    code, name, now = form.cleaned_data["draft"], form.cleaned_data["name"], timezone.now()
    if code:
        return draft_open(code)
    base = base_for(read.edition)
    if base:
        return start_draft(source=base, code=name, by=request.user, now=now)
    return draft_from_file(read=read, code=name, by=request.user, now=now)


def _upload_page(
    request: SignedInRequest, form: ImportForm, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    context = {"form": form, "errors": error_links(form), "problems": problems}
    return render(request, "editor/upload.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def dry_run(request: SignedInRequest, edition: str, pk: UUID) -> HttpResponse:
    """What the file would change in the draft. A POST keeps the ticks of a page, and then does what its button says."""
    draft = draft_open(edition)
    kept: BankImport = find_row(BankImport.objects.select_related("draft", "by"), draft=draft, pk=pk)
    if request.method != "POST":
        return _dry_run_page(request, draft, kept)
    form = ChoicesForm(request.POST)
    if not form.is_valid():
        return _dry_run_page(
            request, draft, kept, _("This page was out of date. Here is the latest state."), status=409
        )
    sent = form.cleaned_data
    keep_choices(kept=kept, shown=sent["shown"], ticked=sent["take"], by=request.user)
    if sent["do"] == "take":
        try:
            count = take_in(kept=kept, seen=sent["seen"], by=request.user, now=timezone.now())
        except ChangeRefused as refused:
            return _dry_run_page(request, draft, kept, refused.message, status=409)
        taken = ngettext("%(count)d change was taken in.", "%(count)d changes were taken in.", count)
        messages.success(request, taken % {"count": count})
    elif sent["do"] != "page":
        choose_all(kept=kept, source=ChangeSource(sent["what"]), ticked=sent["do"] == "tick", by=request.user)
    query = f"?page={sent['what']}" if sent["do"] == "page" else ""
    return redirect(reverse("bank_dry_run", args=[draft.code, pk]) + query)


def _dry_run_page(
    request: SignedInRequest, draft: EditionRow, kept: BankImport, refused: str = "", status: int = 200
) -> HttpResponse:
    page = dry_run_page(kept, draft, read_edition_rows(draft.pk), request.GET)
    return render(request, "editor/dry_run.html", {"page": page, "refused": refused}, status=status)
