"""Questions: one with its form, a new one, its place, its retirement, its history and undo."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.paging import list_page
from accounts.requests import SignedInRequest
from assessments.bank.types import Edition, Question
from assessments.editions.stored import edition_of
from assessments.editor.access import bank_editor, change_seen, draft_open, edition_seen, find_row, lineage
from assessments.editor.errors import EditConflict
from assessments.editor.forms.condition import SAVE
from assessments.editor.forms.question import QuestionEdit, empty_question
from assessments.editor.forms.simple_forms import OtherDomainForm
from assessments.editor.pages.history import CHANGES_ON_A_PAGE, can_undo, changes_of, history_lines
from assessments.editor.pages.question import conflict_shown, question_page
from assessments.editor.pages.simple_form import BackLink, SimpleFormPage
from assessments.editor.pages.texts import EditConflictShown
from assessments.editor.services.questions import (
    add_question,
    move_question,
    move_to_domain,
    next_id,
    restore_question,
    retire_question,
    save_question,
)
from assessments.editor.views.simple_forms import refuse_if_changed, step_asked, version_sent
from assessments.models import ChangedThing, EditionRow, EditionStatus, QuestionRow

TEMPLATE = "editor/question.html"


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def question(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    if request.method == "POST":
        return _save(request, draft_open(edition), code)
    row = edition_seen(edition)
    if row.status != EditionStatus.DRAFT:
        bank = edition_of(row)
        page = question_page(row, bank, _stored(bank, code), timezone.localdate(), code=code)
        return render(request, TEMPLATE, {"page": page})
    # The version first: content that is newer than its version leads to a conflict, never to a lost save.
    own = _row(row, code)
    bank = edition_of(row)
    stored = _stored(bank, code)
    form = QuestionEdit(edition=bank, stored=stored, version=own.version, meaning=own.meaning)
    return _show(request, row, bank, form, stored)


def _save(request: SignedInRequest, row: EditionRow, code: str) -> HttpResponse:
    own = _row(row, code)
    bank = edition_of(row)
    form = QuestionEdit(request.POST, edition=bank, stored=_stored(bank, code), version=own.version)
    if not form.is_valid() or form.action != SAVE:
        return _show_again(request, row, bank, form)
    mine = form.question()
    try:
        save_question(
            draft=row,
            question=mine,
            meaning=form.meaning,
            seen_version=form.seen_version,
            by=request.user,
            now=timezone.now(),
        )
    except EditConflict as conflict:
        shown = conflict_shown(bank, conflict.stored, mine, conflict.version)
        return _show(request, row, bank, form, mine, conflict=shown)
    messages.success(request, _("%(code)s was saved.") % {"code": code})
    return redirect("bank_question", edition=row.code, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def question_add(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    """`code` is the domain's; the id of the question is given when it is saved."""
    row = draft_open(edition)
    bank = edition_of(row)
    find_row(row.domains, code=code)
    start = empty_question(code)
    data = request.POST if request.method == "POST" else None
    form = QuestionEdit(data, edition=bank, stored=start, version=0)
    if data is None:
        return _show(request, row, bank, form, start)
    if not form.is_valid() or form.action != SAVE:
        return _show_again(request, row, bank, form)
    added = add_question(draft=row, question=form.question(), by=request.user, now=timezone.now())
    messages.success(request, _("%(code)s was added.") % {"code": added.code})
    return redirect("bank_question", edition=row.code, code=added.code)


@require_POST
@bank_editor
def question_move(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    own = _row(row, code)
    move_question(draft=row, code=code, step=step_asked(request), by=request.user, now=timezone.now())
    return redirect(reverse("bank_domain", args=[row.code, own.domain.code]) + f"#{code}")


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def question_domain(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    own, bank = _row(row, code), edition_of(row)
    page = SimpleFormPage(
        row,
        _("Move %(code)s to another domain") % {"code": code},
        BackLink(reverse("bank_question", args=[row.code, code]), code),
        OtherDomainForm(request.POST or None, edition=bank, now_in=own.domain.code, initial={"version": own.version}),
    )
    if not page.form or not page.form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "editor/other_domain.html", {"page": page, "question": own}, status=status)
    domain, seen = page.form.cleaned_data["domain"], page.form.seen_version
    with refuse_if_changed(code):
        move_to_domain(draft=row, code=code, domain=domain, seen_version=seen, by=request.user, now=timezone.now())
    messages.success(request, _("%(code)s is now the last question of another domain.") % {"code": code})
    return redirect(reverse("bank_domain", args=[row.code, domain]) + f"#{code}")


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def question_retire(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    own = _row(row, code)
    if request.method != "POST":
        return render(request, "editor/retire.html", {"row": row, "question": own})
    with refuse_if_changed(code):
        retire_question(draft=row, code=code, seen_version=version_sent(request), by=request.user, now=timezone.now())
    messages.success(request, _("%(code)s was retired. You can restore it from its history.") % {"code": code})
    return redirect("bank_domain", edition=row.code, code=own.domain.code)


@require_safe
@bank_editor
def question_history(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = edition_seen(edition)
    own = QuestionRow.objects.filter(domain__edition=row, code=code).first()
    changes = changes_of(lineage(row)).filter(what=ChangedThing.QUESTION, code=code)
    if own is None and not changes.exists():
        raise Http404
    page = list_page(changes, request.GET, size=CHANGES_ON_A_PAGE)
    context = {
        "row": row,
        "code": code,
        "page": page,
        "question": own,
        "version": own.version if own else 0,
        "lines": history_lines(edition_of(row), page.rows),
        "is_draft": row.status == EditionStatus.DRAFT,
    }
    return render(request, "editor/history.html", context)


@require_POST
@bank_editor
def question_undo(request: SignedInRequest, edition: str, code: str, change: int) -> HttpResponse:
    row = draft_open(edition)
    undone = change_seen(row, code, change)
    if not can_undo(undone):
        raise Http404
    with refuse_if_changed(code):
        restore_question(
            draft=row, change=undone, seen_version=version_sent(request), by=request.user, now=timezone.now()
        )
    messages.success(request, _("%(code)s is back to what it was before that change.") % {"code": code})
    return redirect("bank_question_history", edition=row.code, code=code)


def _show(
    request: SignedInRequest,
    row: EditionRow,
    bank: Edition,
    form: QuestionEdit,
    shown: Question,
    *,
    conflict: EditConflictShown | None = None,
    status: int = 200,
) -> HttpResponse:
    code = shown.id
    page = question_page(
        row,
        bank,
        shown if code else replace(shown, id=next_id(shown.domain)),
        timezone.localdate(),
        code=code,
        form=form,
        conflict=conflict,
    )
    return render(request, TEMPLATE, {"page": page}, status=409 if conflict else status)


def _show_again(request: SignedInRequest, row: EditionRow, bank: Edition, form: QuestionEdit) -> HttpResponse:
    """The form as typed, with more rows or with its errors; beside it the preview, as far as there can be one."""
    valid = form.is_valid()
    shown = form.question() if valid else form.stored
    if not form.checks:
        form.forget_errors()
    return _show(request, row, bank, form, shown, status=422 if form.checks and not valid else 200)


def _row(row: EditionRow, code: str) -> QuestionRow:
    own: QuestionRow = find_row(QuestionRow.objects.select_related("domain"), domain__edition=row, code=code)
    return own


def _stored(bank: Edition, code: str) -> Question:
    if code not in bank.question:
        raise Http404
    return bank.question[code]
