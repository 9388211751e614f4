"""How we keep our own rules: for everybody, and in full for administrators, who write down there what they did."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import is_administrator, operator_record_for, require_administrator
from accounts.models import RecordKind
from accounts.operations.records import withdraw_record, write_record
from accounts.requests import SignedInRequest
from accounts.views.form_pages import form_methods, form_of
from assessments.own_rules.forms import RecordForm
from assessments.own_rules.pages import own_rules_page, public_rules_page


@login_not_required
@require_safe
def our_rules(request: HttpRequest) -> HttpResponse:
    """What this site does about the questions that it asks others, without figures."""
    context = {"chapters": public_rules_page(timezone.now()), "may_see_all": is_administrator(request.user)}
    return render(request, "own_rules/public.html", context)


@form_methods
def our_rules_in_full(request: SignedInRequest) -> HttpResponse:
    """With figures, dates and tasks; and the form with which administrators write down what they did."""
    require_administrator(request.user)
    form = form_of(request, RecordForm, day=timezone.localdate())
    if form.is_valid():
        given = form.cleaned_data
        kind = RecordKind(given["kind"])
        write_record(
            kind=kind, happened_at=given["day"], by=request.user, note=given["note"], open_count=given["open_count"]
        )
        messages.success(request, _("Written down: %(what)s.") % {"what": kind.label})
        return redirect("our_rules_in_full")
    context = {"page": own_rules_page(timezone.now()), "form": form}
    return render(request, "own_rules/full.html", context, status=422 if form.errors else 200)


@require_POST
def operator_record_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes back what was written down by mistake; it stays in the list, struck out."""
    record = operator_record_for(request.user, pk)
    withdraw_record(record=record, by=request.user, now=timezone.now())
    messages.success(request, _("Withdrawn. It no longer counts."))
    return redirect("our_rules_in_full")
