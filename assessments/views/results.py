"""The frozen result and how every figure of it was computed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import assessment_result
from assessments.pages.computed import computed_page
from assessments.pages.result import can_take_steps, result_page
from assessments.results.run_names import result_title, run_name


@require_safe
def result(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access, frozen = assessment_result(request.user, pk)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "result": frozen,
        "name": result_title(run_name(access.assessment), interim=access.assessment.interim),
        "page": result_page(access, frozen),
        "can_take_steps": can_take_steps(access, frozen),
        "can_reopen": access.can(Capability.REOPEN),
        "can_request_report": access.can(Capability.REQUEST_REPORT),
        "can_write_words": access.can(Capability.REVIEW),
    }
    return render(request, "assessments/result.html", context)


@require_safe
def result_workings(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access, frozen = assessment_result(request.user, pk)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "result": frozen,
        "page": computed_page(access, frozen),
    }
    return render(request, "assessments/computed.html", context)
