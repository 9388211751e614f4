"""The laws of one organisation, and the dates of laws for bank editors."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import may_edit_bank, organisation_for
from accounts.permissions import Capability
from accounts.refused.rights import MissingRight, RightIsMissing
from accounts.requests import SignedInRequest
from assessments.laws.pages import law_dates_page_of, laws_page


@require_safe
def laws(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Which laws apply to the organisation and why, from the newest assessment whose facts are complete."""
    standing = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS)
    context = {"organisation": standing.organisation, "page": laws_page(standing, timezone.localdate())}
    return render(request, "assessments/laws.html", context)


@require_safe
def law_dates_page(request: SignedInRequest) -> HttpResponse:
    """What of an edition's laws to look up again: of the newest published one, or of the draft in `?edition=`."""
    if not may_edit_bank(request.user):
        raise RightIsMissing(MissingRight.BANK_EDITOR)
    page = law_dates_page_of(request.GET.get("edition", ""), timezone.localdate())
    return render(request, "editor/law_dates.html", {"page": page})
