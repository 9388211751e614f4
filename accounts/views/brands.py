"""A consultancy's own look: chosen by its owners, seen by its clients."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import logo_read, organisation_for
from accounts.brands import newest_version
from accounts.forms.brand import LookForm
from accounts.models import Brand
from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.services.brands import Look, change_look, look_of
from accounts.views.answers import Asking, confirm_page, form_methods

A_YEAR = 365 * 24 * 60 * 60


@form_methods
def look(request: SignedInRequest, pk: UUID) -> HttpResponse:
    consultancy = organisation_for(request.user, pk, Capability.MANAGE_BRAND).organisation
    newest = newest_version(consultancy)
    form = _form(request, newest)
    if form.is_valid():
        change_look(consultancy=consultancy, look=_chosen(form, newest), made_by=request.user)
        messages.success(request, _("Your look is saved. Reports made from now on have it."))
        return redirect("look", pk=pk)
    shown = newest if newest and not newest.is_plain else None
    context = {"organisation": consultancy, "form": form, "brand": shown}
    return render(request, "accounts/look.html", context, status=422 if form.errors else 200)


@form_methods
def look_reset(request: SignedInRequest, pk: UUID) -> HttpResponse:
    consultancy = organisation_for(request.user, pk, Capability.MANAGE_BRAND).organisation
    if request.method == "POST":
        change_look(consultancy=consultancy, look=Look(), made_by=request.user)
        messages.success(request, _("Your clients see Evenkeel's own look again."))
        return redirect("look", pk=pk)
    return confirm_page(
        request,
        Asking(
            title=_("Go back to Evenkeel's own look?"),
            text=_("Logo, colour, contact and closing text are taken away. Reports that are made already keep them."),
            button=_("Go back to Evenkeel's look"),
            back=reverse("look", args=[pk]),
            organisation=consultancy,
            danger=True,
        ),
    )


@require_safe
def logo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """It never changes: a new logo has a new address."""
    brand = logo_read(request.user, pk)
    response = HttpResponse(bytes(brand.logo), content_type="image/png")
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _form(request: SignedInRequest, newest: Brand | None) -> LookForm:
    if request.method == "POST":
        return LookForm(request.POST, request.FILES)
    told = {name: getattr(newest, name) for name in ("colour", "contact", "closing")} if newest else {}
    return LookForm(initial=told)


def _chosen(form: LookForm, newest: Brand | None) -> Look:
    data = form.cleaned_data
    before = look_of(newest) if newest else Look()
    kept = None if data["remove_logo"] else before.logo
    return replace(
        before, colour=data["colour"], contact=data["contact"], closing=data["closing"], logo=data["logo"] or kept
    )
