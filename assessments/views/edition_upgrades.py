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
from assessments.editions.upgrades import UpgradeOffer, newer_edition, upgrade_offer
from assessments.errors import UpgradeOfferChanged
from assessments.forms.errors import error_links
from assessments.forms.upgrade_facts import UpgradeFactsForm
from assessments.models import EditionRow
from assessments.pages.edition_upgrade import UpgradePage, upgrade_page, why_not_words
from assessments.pages.scope import first_open_screen
from assessments.queries import load_scored_result
from assessments.scoring.types import PillarResult
from assessments.services.edition_upgrades import decline_upgrade, preview_upgrade, upgrade_edition

UPGRADE, STAY = "move", "stay"


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edition_upgrade(request: SignedInRequest, pk: UUID) -> HttpResponse:
    if request.method == "POST":
        return _choose(request, assessment_open(request.user, pk, Capability.EDIT_SCOPE, lock=True))
    access = assessment_read(request.user, pk)
    if access.assessment.is_finished:
        return redirect("result", pk=pk)
    return _show(request, access, upgrade_offer(access.assessment))


def _choose(request: SignedInRequest, access: AssessmentAccess) -> HttpResponse:
    """A second click finds the run upgraded and no offer: it leads to the same page and changes nothing.

    Anything but upgrading and staying shows what would change with the facts that were sent; it stores nothing.
    """
    offer, now, do = upgrade_offer(access.assessment), timezone.now(), request.POST.get("do")
    if offer is None:
        return redirect("assessment", pk=access.assessment.pk)
    if offer.edition.code != request.POST.get("offered", ""):
        raise UpgradeOfferChanged
    if do == STAY:
        decline_upgrade(assessment=access.assessment, offered=offer.edition, by=request.user, now=now)
        return redirect("assessment", pk=access.assessment.pk)
    form = UpgradeFactsForm.sent(edition_of(offer.edition), request.POST)
    if do != UPGRADE or not form.is_valid():
        return _show(request, access, offer, form)
    upgrade_edition(assessment=access.assessment, new=offer.edition, by=request.user, now=now, given=form.given())
    is_asked = first_open_screen(edition_of(offer.edition), access.assessment)
    return redirect("scope" if is_asked else "assessment", pk=access.assessment.pk)


def _show(
    request: SignedInRequest, access: AssessmentAccess, offer: UpgradeOffer | None, sent: UpgradeFactsForm | None = None
) -> HttpResponse:
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "offer": offer,
        "can_choose": access.can(Capability.EDIT_SCOPE),
        **(_offered(access, offer, sent) if offer else {"why_not": why_not_words(access.assessment.edition)}),
    }
    return render(request, "assessments/edition_upgrade.html", context, status=422 if context.get("errors") else 200)


def _offered(access: AssessmentAccess, offer: UpgradeOffer, sent: UpgradeFactsForm | None) -> dict[str, object]:
    """While facts are open, those who can settle them are asked first: what would change rests on them."""
    given = sent.given() if sent and sent.is_valid() else {}
    carried = preview_upgrade(access.assessment, offer.edition, timezone.now().date(), given)
    refused = sent if sent and sent.errors else None
    form = refused or UpgradeFactsForm.asking(edition_of(offer.edition), carried, given)
    return {
        "page": upgrade_page(access.assessment.edition, offer.edition, carried),
        "form": form if access.can(Capability.EDIT_SCOPE) else None,
        "asks_first": bool(refused or carried.scope_open),
        "errors": error_links(form),
    }


@require_safe
def rescored(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A comparison only: the finished result stays as it is."""
    access, result = assessment_result(request.user, pk)
    edition = access.assessment.edition
    newer = newer_edition(edition)
    frozen = load_scored_result(access.edition, result).pillars
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": _rescored(access, newer, frozen) if newer else None,
        "why_not": None if newer else why_not_words(edition),
    }
    return render(request, "assessments/rescored.html", context)


def _rescored(access: AssessmentAccess, newer: EditionRow, frozen: tuple[PillarResult, ...]) -> UpgradePage:
    carried = preview_upgrade(access.assessment, newer, timezone.now().date())
    return upgrade_page(access.assessment.edition, newer, carried, frozen)
