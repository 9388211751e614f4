"""Editions as files: export, and import after a dry run."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from assessments.bank.diff.editions import ChangeId, compare_editions
from assessments.bank.errors import DocumentError, Problem
from assessments.editions.stored import edition_of, newest_published_or_none, read_edition_rows
from assessments.editor.access import bank_editor, draft_open, edition_seen, find_row
from assessments.editor.files import CONTENT_TYPES, FileFormat, FileRead, read_file, read_library_file, write_file
from assessments.editor.forms.files import LIBRARY, ImportForm
from assessments.editor.pages.changes import section_lines
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.imports import accept_changes, draft_from_file, imported, keep_import
from assessments.editor.services.publishing import fingerprint
from assessments.editor.xlsx import MOST_BYTES
from assessments.models import BankImport, EditionRow, EditionStatus
from assessments.pages.errors import error_links

# The server refuses forms with more fields than this: then it is all or nothing.
MOST_BOXES = 900
ALL = "all"
WHATEVER = "unfinished"
"""The query parameter of a download that somebody wants although it could not be imported again."""


@require_safe
@bank_editor
def export_edition(request: SignedInRequest, edition: str, kind: str) -> HttpResponse:
    if kind not in set(FileFormat):
        raise Http404
    row = edition_seen(edition)
    try:
        content = write_file(edition_of(row), FileFormat(kind))
        missing = _missing(content, kind) if row.status == EditionStatus.DRAFT and WHATEVER not in request.GET else ()
    except DocumentError as error:
        return render(request, "editor/export.html", {"row": row, "problems": error.problems}, status=409)
    if missing:
        return render(request, "editor/export.html", {"row": row, "problems": missing, "whatever": WHATEVER})
    response = HttpResponse(content, content_type=CONTENT_TYPES[FileFormat(kind)])
    response["Content-Disposition"] = f'attachment; filename="{row.code}.{kind}"'
    return response


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
    file, now, base = form.cleaned_data["file"], timezone.now(), newest_published_or_none()
    if form.cleaned_data["kind"] == LIBRARY:
        read = _library(file, base)
        draft = draft_from_file(read=read, code=form.cleaned_data["name"], by=request.user, now=now)
    else:
        read = read_file(_bytes(file), file.name)
        draft = _draft(request, form, read, base)
    return keep_import(draft=draft, read=read, file_name=file.name, by=request.user, now=now)


def _library(file: "UploadedFile[bytes]", base: EditionRow | None) -> FileRead:
    if base is None:
        raise DocumentError([Problem("", _("a library needs a published edition for its scale and scope"))])
    return read_library_file(_bytes(file), file.name or "", edition_of(base))


def _bytes(file: "UploadedFile[bytes]") -> bytes:
    """At most one byte more than is allowed."""
    data: bytes = file.read(MOST_BYTES + 1)
    return data


def _draft(request: SignedInRequest, form: ImportForm, read: FileRead, base: EditionRow | None) -> EditionRow:
    code, name, now = form.cleaned_data["draft"], form.cleaned_data["name"], timezone.now()
    if code:
        return draft_open(code)
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
    """What the file would change in the draft; a POST imports what is ticked, or all."""
    draft = draft_open(edition)
    kept: BankImport = find_row(BankImport.objects.select_related("draft", "by"), draft=draft, pk=pk)
    if request.method == "POST":
        ticked = (
            None if request.POST.get("do") == ALL else {ChangeId(which) for which in request.POST.getlist("accept")}
        )
        seen = request.POST.get("seen", "")
        accept_changes(kept=kept, accepted=ticked, seen=seen, by=request.user, now=timezone.now())
        messages.success(request, _("Imported. What you left out is still listed here."))
        return redirect("bank_dry_run", edition=draft.code, pk=pk)
    now = read_edition_rows(draft.pk)
    diff = compare_editions(now, imported(kept))
    context = {
        "draft": draft,
        "kept": kept,
        "sections": section_lines(diff),
        "count": len(diff.ids),
        "choose": len(diff.ids) <= MOST_BOXES,
        "seen": fingerprint(draft, now),
    }
    return render(request, "editor/dry_run.html", context)
