"""Editions: the list, a new draft, one edition at a glance, its own texts, its history, discarding a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.paging import list_page
from accounts.requests import SignedInRequest
from assessments.editions.stored import edition_of
from assessments.editor.access import bank_editor, draft_open, edition_seen, lineage, source_of_copy
from assessments.editor.forms.search import SearchForm
from assessments.editor.forms.simple_forms import AboutForm, NewDraftForm
from assessments.editor.pages.history import CHANGES_ON_A_PAGE, changes_of, history_lines
from assessments.editor.pages.lists import search_page
from assessments.editor.pages.overview import edition_page, editions_page
from assessments.editor.pages.simple_form import SimpleFormPage, back_to
from assessments.editor.services.drafts import about, discard_draft, save_about, start_draft
from assessments.editor.views.simple_forms import save_form, show_form
from assessments.forms.errors import error_links
from assessments.models import EditionRow


@require_safe
@bank_editor
def editions(request: SignedInRequest) -> HttpResponse:
    return render(request, "editor/editions.html", {"page": editions_page(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def copy(request: SignedInRequest, edition: str) -> HttpResponse:
    source = source_of_copy(edition)
    form = NewDraftForm(request.POST) if request.method == "POST" else NewDraftForm()
    if form.is_bound and form.is_valid():
        draft = start_draft(source=source, code=form.cleaned_data["code"], by=request.user, now=timezone.now())
        return redirect("bank_edition", edition=draft.code)
    context = {"source": source, "form": form, "errors": error_links(form)}
    return render(request, "editor/copy.html", context, status=422 if form.is_bound else 200)


@require_safe
@bank_editor
def edition(request: SignedInRequest, edition: str) -> HttpResponse:
    return render(request, "editor/edition.html", {"page": edition_page(edition_seen(edition))})


@require_safe
@bank_editor
def questions(request: SignedInRequest, edition: str) -> HttpResponse:
    row = edition_seen(edition)
    bank = edition_of(row)
    form = SearchForm(request.GET, edition=bank)
    return render(request, "editor/questions.html", {"page": search_page(row, bank, form, request.GET)})


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def edition_about(request: SignedInRequest, edition: str) -> HttpResponse:
    row = draft_open(edition)
    back = back_to(row)
    page = SimpleFormPage(row, _("About this edition"), back, AboutForm(initial=_about_initial(row)))
    if request.method != "POST":
        return show_form(request, page)
    form = AboutForm(request.POST)
    return save_form(
        request,
        page,
        form,
        AboutForm.texts,
        lambda texts: save_about(
            draft=row, texts=texts, seen_version=form.seen_version, by=request.user, now=timezone.now()
        ),
        back.url,
    )


def _about_initial(row: EditionRow) -> dict[str, object]:
    return {**about(row)._asdict(), "version": row.version}


@require_safe
@bank_editor
def history(request: SignedInRequest, edition: str) -> HttpResponse:
    row = edition_seen(edition)
    page = list_page(changes_of(lineage(row)[:1]), request.GET, size=CHANGES_ON_A_PAGE)
    lines = history_lines(edition_of(row), page.rows)
    return render(request, "editor/history.html", {"row": row, "page": page, "lines": lines, "code": ""})


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def discard(request: SignedInRequest, edition: str) -> HttpResponse:
    row = draft_open(edition)
    if request.method != "POST":
        return render(request, "editor/discard.html", {"row": row, "changes": changes_of([row.pk]).count()})
    discard_draft(draft=row, by=request.user, now=timezone.now())
    messages.success(request, _("Draft %(code)s was discarded.") % {"code": row.code})
    return redirect("bank_editions")
