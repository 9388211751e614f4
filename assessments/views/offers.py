"""The offer of a newer edition: look, move or stay. And what a finished result would be under it."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import Seen, assessment_open, assessment_read, assessment_result
from assessments.editions import edition_of
from assessments.errors import OfferChanged
from assessments.models import AssessmentState, EditionRow
from assessments.offers import newer_than, offer_of
from assessments.pages.offer import OfferPage, offer_page
from assessments.queries import outcome_of
from assessments.scoring.types import PillarResult
from assessments.services.moves import carried_to, move_to_edition, stay_with_edition

MOVE = "move"


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def offered_edition(request: SignedInRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return _choose(request, assessment_open(request.user, pk, Capability.EDIT_SCOPE, lock=True))
    seen = assessment_read(request.user, pk)
    if seen.assessment.state == AssessmentState.SUBMITTED:
        return redirect("result", pk=pk)
    offer = offer_of(seen.assessment)
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "offer": offer,
        "page": _page(seen, offer.edition) if offer else None,
        "can_choose": seen.can(Capability.EDIT_SCOPE),
    }
    return render(request, "assessments/offer.html", context)


def _choose(request: SignedInRequest, seen: Seen) -> HttpResponse:
    """A second click finds the run moved and the offer gone: it leads to the same place and changes nothing."""
    offer, now = offer_of(seen.assessment), timezone.now()
    wanted = request.POST.get("offered", "")
    if offer and offer.edition.code != wanted:
        raise OfferChanged
    if offer and request.POST.get("do") == MOVE:
        move_to_edition(assessment=seen.assessment, new=offer.edition, by=request.user, now=now)
    elif offer:
        stay_with_edition(assessment=seen.assessment, offered=offer.edition, by=request.user, now=now)
    return redirect("assessment", pk=seen.assessment.pk)


@require_safe
def rescored(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Only looked at: the finished result stays as it is."""
    seen, result = assessment_result(request.user, pk)
    newer = newer_than(seen.assessment.edition)
    frozen = outcome_of(seen.edition, result).pillars
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "page": _page(seen, newer, frozen) if newer else None,
    }
    return render(request, "assessments/rescored.html", context)


def _page(seen: Seen, newer: EditionRow, frozen: tuple[PillarResult, ...] = ()) -> OfferPage:
    carried = carried_to(seen.assessment, newer, timezone.now().date())
    return offer_page(seen.edition, newer, edition_of(newer), carried, frozen)
