"""Choosing a file, seeing what it would bring, and beginning with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import organisation_for
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.sign_in.rate_limits import rate_limited
from accounts.views.form_pages import form_methods
from assessments.editions.stored import edition_of
from assessments.file_import.forms import FileToTakeForm, SealedOfferForm
from assessments.file_import.offers import unsealed
from assessments.file_import.pages import file_preview
from assessments.file_import.services import start_from_file
from assessments.forms.errors import error_links
from assessments.pages.scope import next_scope_page
from assessments.signed_assessment.canonical import UnreadableFile


@rate_limited("import_file")
@never_cache
@form_methods
def go_on_from_file(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A file is shown as a preview; its button sends the sealed preview back, and the assessment begins."""
    organisation = organisation_for(request.user, pk, Capability.EDIT_SCOPE).organisation
    offer = SealedOfferForm(request.POST)
    if request.method == "POST" and offer.is_valid():
        return _start(request, pk, offer.cleaned_data["offer"])
    form = FileToTakeForm(request.POST, request.FILES) if request.method == "POST" else FileToTakeForm()
    preview = None
    if form.is_valid():
        try:
            preview = file_preview(form.cleaned_data["file"].read(), organisation, request.user, timezone.now())
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
    context = {"organisation": organisation, "form": form, "errors": error_links(form), "preview": preview}
    return render(request, "assessments/file_import/page.html", context, status=422 if form.errors else 200)


def _start(request: SignedInRequest, pk: UUID, offer: str) -> HttpResponse:
    run = start_from_file(
        organisation=pk, offer=unsealed(offer, pk, request.user), by=actor_of(request), now=timezone.now()
    )
    messages.success(request, _("Your assessment begins with what the file holds. Confirm what is still true."))
    return redirect(next_scope_page(edition_of(run.edition), run) or reverse("assessment", args=[run.pk]))
