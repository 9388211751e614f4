"""The offer of a newer edition: see it, upgrade or stay. And what a finished result would be under it."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import AssessmentAccess, assessment_open, assessment_read, assessment_result
from assessments.editions.stored import edition_of
from assessments.editions.upgrades import newer_edition, upgrade_offer
from assessments.errors import UpgradeOfferChanged
from assessments.models import EditionRow
from assessments.pages.edition_upgrade import UpgradePage, upgrade_page
from assessments.queries import load_scored_result
from assessments.scoring.types import PillarResult
from assessments.services.edition_upgrades import decline_upgrade, preview_upgrade, upgrade_edition

UPGRADE = "move"


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edition_upgrade(request: SignedInRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return _choose(request, assessment_open(request.user, pk, Capability.EDIT_SCOPE, lock=True))
    access = assessment_read(request.user, pk)
    if access.assessment.is_finished:
        return redirect("result", pk=pk)
    offer = upgrade_offer(access.assessment)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "offer": offer,
        "page": _page(access, offer.edition) if offer else None,
        "can_choose": access.can(Capability.EDIT_SCOPE),
    }
    return render(request, "assessments/edition_upgrade.html", context)


def _choose(request: SignedInRequest, access: AssessmentAccess) -> HttpResponse:
    """A second click finds the run upgraded and no offer: it leads to the same page and changes nothing."""
    offer, now = upgrade_offer(access.assessment), timezone.now()
    wanted = request.POST.get("offered", "")
    if offer and offer.edition.code != wanted:
        raise UpgradeOfferChanged
    if offer and request.POST.get("do") == UPGRADE:
        upgrade_edition(assessment=access.assessment, new=offer.edition, by=request.user, now=now)
    elif offer:
        decline_upgrade(assessment=access.assessment, offered=offer.edition, by=request.user, now=now)
    return redirect("assessment", pk=access.assessment.pk)


@require_safe
def rescored(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A comparison only: the finished result stays as it is."""
    access, result = assessment_result(request.user, pk)
    newer = newer_edition(access.assessment.edition)
    frozen = load_scored_result(access.edition, result).pillars
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": _page(access, newer, frozen) if newer else None,
    }
    return render(request, "assessments/rescored.html", context)


def _page(access: AssessmentAccess, newer: EditionRow, frozen: tuple[PillarResult, ...] = ()) -> UpgradePage:
    carried = preview_upgrade(access.assessment, newer, timezone.now().date())
    return upgrade_page(access.edition, newer, edition_of(newer), carried, frozen)
