"""The frozen result and how every figure of it was computed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import assessment_result
from assessments.pages.computed import computed_page
from assessments.pages.result import result_page
from assessments.together import has_been_discussed


@require_safe
def result(request: SignedInRequest, pk: UUID) -> HttpResponse:
    seen, frozen = assessment_result(request.user, pk)
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "result": frozen,
        "page": result_page(seen, frozen),
        "has_comments": has_been_discussed(seen.assessment),
        "can_reopen": seen.can(Capability.REOPEN),
        "can_request_report": seen.can(Capability.REQUEST_REPORT),
    }
    return render(request, "assessments/result.html", context)


@require_safe
def computed(request: SignedInRequest, pk: UUID) -> HttpResponse:
    seen, frozen = assessment_result(request.user, pk)
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "result": frozen,
        "page": computed_page(seen, frozen),
    }
    return render(request, "assessments/computed.html", context)
