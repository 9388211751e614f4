"""A consultant's review of the answers."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import consultancy_behind
from accounts.requests import SignedInRequest
from assessments.access import AssessmentAccess, asked_in, assessment_open, domain_in, question_in
from assessments.collaboration import latest_reviews, reviews_of
from assessments.forms.collaboration import ReviewForm, seen_versions
from assessments.models import Verdict
from assessments.queries import answers_of
from assessments.services.reviews import Agreement, agree_with_all, review_answer
from assessments.views.answers import show_domain


@require_POST
@transaction.atomic
def review(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    access = assessment_open(request.user, pk, Capability.REVIEW, lock=True)
    asked = question_in(access, question)
    rows = answers_of(access.assessment)
    form = ReviewForm(request.POST, question=asked.id)
    if not form.is_valid():
        return show_domain(request, access, domain_in(access, asked.domain), rows, draft=form)
    review_answer(
        assessment=access.assessment,
        answer=rows.get(asked.id),
        seen_version=form.cleaned_data["version"],
        verdict=Verdict(form.cleaned_data["verdict"]),
        note=form.cleaned_data["note"],
        by=request.user,
        consultancy=_consultancy(request, access),
        now=timezone.now(),
    )
    return redirect(reverse("domain", args=[pk, asked.domain]) + f"#review-{asked.id}")


@require_POST
@transaction.atomic
def agree_with_domain(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    """Agree with every answer of a domain that has no review yet and is as the page showed it."""
    access = assessment_open(request.user, pk, Capability.REVIEW, lock=True)
    place = domain_in(access, code)
    found = agree_with_all(
        assessment=access.assessment,
        answers=answers_of(access.assessment),
        reviews=latest_reviews(reviews_of(access.assessment)),
        seen_versions=seen_versions(request.POST, (question.id for question in asked_in(access, code))),
        by=request.user,
        consultancy=_consultancy(request, access),
        now=timezone.now(),
    )
    _tell_agreement(request, found)
    return redirect("domain", pk=pk, code=place.code)


def _tell_agreement(request: SignedInRequest, found: Agreement) -> None:
    agreed = ngettext("You agreed with %(count)d answer.", "You agreed with %(count)d answers.", found.agreed)
    messages.success(request, agreed % {"count": found.agreed})
    if found.own:
        left_out = ngettext(
            "%(count)d was left out because you gave it yourself: a colleague can review it.",
            "%(count)d were left out because you gave them yourself: a colleague can review them.",
            found.own,
        )
        messages.info(request, left_out % {"count": found.own})


def _consultancy(request: SignedInRequest, access: AssessmentAccess) -> Organisation:
    found = consultancy_behind(request.user, access.assessment.organisation)
    if found is None:  # the engagement has ended since this request began
        raise Http404
    return found
