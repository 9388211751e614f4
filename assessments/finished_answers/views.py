"""The answers that a result rests on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from assessments.access import assessment_result
from assessments.finished_answers.pages import finished_answers_page
from assessments.results.run_names import run_name


@require_safe
def result_answers(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access, _ = assessment_result(request.user, pk)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "name": run_name(access.assessment),
        "page": finished_answers_page(access, request.GET),
    }
    return render(request, "assessments/result_answers.html", context)
