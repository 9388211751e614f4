"""Domains: one with its questions in order, a new one, its place, its removal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from assessments.bank.types import Domain, Edition
from assessments.editions.stored import edition_of
from assessments.editor.access import bank_editor, draft_open, edition_seen, find_row
from assessments.editor.forms.simple_forms import DomainForm, NewDomainForm
from assessments.editor.pages.lists import question_lines
from assessments.editor.pages.simple_form import SimpleFormPage, back_to
from assessments.editor.services.domains import add_domain, domain_of, move_domain, remove_domain, save_domain
from assessments.editor.views.simple_forms import save_form, show_form, step_asked
from assessments.models import DomainRow, EditionRow, EditionStatus


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def edition_domain(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition) if request.method == "POST" else edition_seen(edition)
    own: DomainRow = find_row(row.domains, code=code)
    bank = edition_of(row)
    page = _page(row, bank, own)
    if request.method != "POST":
        return _show(request, page)
    form = DomainForm(request.POST, edition=bank)
    return save_form(
        request,
        page,
        form,
        lambda valid: valid.domain(code),
        lambda mine: save_domain(
            draft=row, domain=mine, seen_version=form.seen_version, by=request.user, now=timezone.now()
        ),
        reverse("bank_domain", args=[row.code, code]),
        _show,
    )


def _page(row: EditionRow, bank: Edition, own: DomainRow) -> SimpleFormPage:
    initial = _initial(domain_of(own)) | {"version": own.version}
    empty = not bank.by_domain.get(own.code)
    return SimpleFormPage(
        row,
        own.title,
        back_to(row),
        DomainForm(initial=initial, edition=bank) if row.status == EditionStatus.DRAFT else None,
        users=tuple(question.id for question in bank.by_domain.get(own.code, ())),
        remove_url=reverse("bank_domain_remove", args=[row.code, own.code]) if empty else "",
        texts=((_("Promise"), own.promise), (_("Who knows the answers"), own.who_knows)),
    )


def _initial(domain: Domain) -> dict[str, object]:
    return {name: getattr(domain, name) for name in ("title", "pillar", "promise", "who_knows")}


def _show(request: SignedInRequest, page: SimpleFormPage, status: int = 200) -> HttpResponse:
    bank = edition_of(page.row)
    lines = question_lines(bank, (bank.question[code] for code in page.users))
    code = request.resolver_match.kwargs["code"] if request.resolver_match else ""
    context = {"page": page, "lines": lines, "code": code, "is_draft": page.form is not None}
    return render(request, "editor/domain.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def domain_add(request: SignedInRequest, edition: str) -> HttpResponse:
    row = draft_open(edition)
    bank = edition_of(row)
    back = back_to(row)
    page = SimpleFormPage(row, _("New domain"), back, NewDomainForm(edition=bank))
    if request.method != "POST":
        return show_form(request, page)
    return save_form(
        request,
        page,
        NewDomainForm(request.POST, edition=bank),
        NewDomainForm.new_domain,
        lambda mine: add_domain(draft=row, domain=mine, by=request.user, now=timezone.now()),
        back.url,
    )


@require_POST
@bank_editor
def domain_move(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    move_domain(draft=row, code=code, step=step_asked(request), by=request.user, now=timezone.now())
    return redirect(reverse("bank_edition", args=[row.code]) + f"#{code}")


@require_POST
@bank_editor
def domain_remove(request: SignedInRequest, edition: str, code: str) -> HttpResponse:
    row = draft_open(edition)
    remove_domain(draft=row, code=code, by=request.user, now=timezone.now())
    messages.success(request, _("%(code)s was removed.") % {"code": code})
    return redirect("bank_edition", edition=row.code)
