"""A consultancy's brand: chosen by its owners, seen by its clients."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import logo_read, organisation_for
from accounts.branding.brands import newest_version
from accounts.forms.brand import BrandForm
from accounts.models import Brand
from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.services.brands import BrandDetails, brand_details, change_brand
from accounts.sign_in.rate_limits import rate_limited
from accounts.views.form_pages import FormPage, confirm_page, form_methods

A_YEAR = 365 * 24 * 60 * 60


@rate_limited("logo")
@form_methods
def brand(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What the consultancy's clients see now, and the form to change it."""
    consultancy = organisation_for(request.user, pk, Capability.MANAGE_BRAND).organisation
    newest = newest_version(consultancy)
    form = _form(request, newest)
    if form.is_valid():
        change_brand(consultancy=consultancy, details=_chosen(form, newest), made_by=request.user)
        messages.success(request, _("Your look is saved. Reports made from now on use it."))
        return redirect("brand", pk=pk)
    shown = newest if newest and not newest.is_plain else None
    context = {"organisation": consultancy, "form": form, "brand": shown}
    return render(request, "accounts/brand.html", context, status=422 if form.errors else 200)


@form_methods
def brand_reset(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Asks before going back to Evenkeel's own look."""
    consultancy = organisation_for(request.user, pk, Capability.MANAGE_BRAND).organisation
    if request.method == "POST":
        change_brand(consultancy=consultancy, details=BrandDetails(), made_by=request.user)
        messages.success(request, _("Your clients see Evenkeel’s own look again."))
        return redirect("brand", pk=pk)
    return confirm_page(
        request,
        FormPage(
            title=_("Go back to Evenkeel’s own look?"),
            text=_("Your logo, colour, contact and closing text are removed. Existing reports keep them."),
            button=_("Go back to Evenkeel’s look"),
            back=reverse("brand", args=[pk]),
            organisation=consultancy,
            danger=True,
        ),
    )


@require_safe
def logo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A PNG that browsers may keep for a year: a new logo has a new URL."""
    brand = logo_read(request.user, pk)
    response = HttpResponse(bytes(brand.logo), content_type="image/png")
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _form(request: SignedInRequest, newest: Brand | None) -> BrandForm:
    if request.method == "POST":
        return BrandForm(request.POST, request.FILES)
    initial = {name: getattr(newest, name) for name in ("colour", "contact", "closing")} if newest else {}
    return BrandForm(initial=initial)


def _chosen(form: BrandForm, newest: Brand | None) -> BrandDetails:
    data = form.cleaned_data
    before = brand_details(newest) if newest else BrandDetails()
    kept = None if data["remove_logo"] else before.logo
    return replace(
        before, colour=data["colour"], contact=data["contact"], closing=data["closing"], logo=data["logo"] or kept
    )
