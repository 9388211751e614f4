"""Which editions new assessments start on: offering, withdrawing, requests to a second person, the default bank."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import may_edit_bank
from accounts.requests import SignedInRequest
from assessments.editions.newest import default_bank
from assessments.editor.access import administrator, bank_editor, bank_seen, edition_seen, published_edition
from assessments.editor.forms.offers import DeclineForm, DefaultBankForm, OfferForm, WithdrawForm
from assessments.editor.pages.offers import bank_line, bank_lines, offer_page, withdraw_page
from assessments.editor.services.offers import ask_to_offer, choose_default_bank, offer_edition, withdraw_edition
from assessments.editor.services.publishing import decline_request, take_back_request
from assessments.forms.errors import error_links
from assessments.models import EditionRow, EditionStatus

ASK, DECLINE = "ask", "decline"


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def offer(request: SignedInRequest, edition: str) -> HttpResponse:
    row = published_edition(edition)
    if request.method != "POST":
        return (
            redirect("bank_edition", edition=row.code)
            if row.offered_at
            else _offer(request, row, OfferForm(code=row.code))
        )
    form, now = OfferForm(request.POST, code=row.code), timezone.now()
    if not form.is_valid():
        return _offer(request, row, form, status=422)
    seen = form.cleaned_data["seen"]
    if request.POST.get("do") == ASK:
        ask_to_offer(row=row, seen=seen, by=request.user, now=now)
        messages.success(request, _("Requested. Another bank editor can now offer it from this page."))
        return redirect("bank_offer", edition=row.code)
    needs_second = settings.BANK_NEEDS_SECOND_PERSON
    offer_edition(row=row, seen=seen, needs_second_person=needs_second, by=request.user, now=now)
    messages.success(request, _("%(code)s is open for new assessments.") % {"code": row.code})
    return redirect("bank_edition", edition=row.code)


def _offer(request: SignedInRequest, row: EditionRow, form: OfferForm, status: int = 200) -> HttpResponse:
    page = offer_page(row)
    context = {
        "page": page,
        "form": form,
        "decline_form": DeclineForm(),
        "errors": error_links(form),
        "needs_second_person": settings.BANK_NEEDS_SECOND_PERSON,
        "asked_by_me": bool(page.asked and page.asked.asked_by == request.user),
    }
    return render(request, "editor/offer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def withdraw(request: SignedInRequest, edition: str) -> HttpResponse:
    row = published_edition(edition)
    if request.method != "POST" and row.offered_at is None:
        return redirect("bank_edition", edition=row.code)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"page": withdraw_page(row), "form": form, "errors": error_links(form)}
        return render(request, "editor/withdraw.html", context, status=422 if form.is_bound else 200)
    withdraw_edition(row=row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
    messages.success(request, _("%(code)s is withdrawn from new assessments.") % {"code": row.code})
    return redirect("bank_edition", edition=row.code)


@require_POST
@bank_editor
def publish_request(request: SignedInRequest, edition: str) -> HttpResponse:
    """Who asked takes the request back; anybody else declines it, with a reason."""
    row, now = edition_seen(edition), timezone.now()
    back = "bank_publish" if row.status == EditionStatus.DRAFT else "bank_offer"
    if request.POST.get("do") != DECLINE:
        take_back_request(row=row, by=request.user, now=now)
        messages.success(request, _("You took your request back."))
        return redirect(back, edition=row.code)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        context = {"row": row, "form": form, "errors": error_links(form), "back": back}
        return render(request, "editor/decline.html", context, status=422)
    decline_request(row=row, reason=form.cleaned_data["reason"], by=request.user, now=now)
    messages.success(request, _("You declined the request. Who asked sees why."))
    return redirect(back, edition=row.code)


@require_safe
@administrator
def default_banks(request: SignedInRequest) -> HttpResponse:
    context = {"lines": bank_lines(), "edits_bank": may_edit_bank(request.user)}
    return render(request, "editor/default_banks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def default_bank_change(request: SignedInRequest, bank: str) -> HttpResponse:
    chosen, current = bank_seen(bank), default_bank()
    form = DefaultBankForm(request.POST if request.method == "POST" else None, slug=chosen.slug)
    if not form.is_valid():
        lines = {"line": bank_line(chosen), "current": bank_line(current) if current else None}
        context = {**lines, "form": form, "seen": current.pk if current else "", "errors": error_links(form)}
        return render(request, "editor/default_bank_change.html", context, status=422 if form.is_bound else 200)
    choose_default_bank(bank=chosen, seen=form.cleaned_data["seen"], by=request.user, now=timezone.now())
    messages.success(request, _("New assessments start on “%(name)s”.") % {"name": chosen.name})
    return redirect("bank_default")
