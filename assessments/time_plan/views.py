"""The steps of a result that fit in a given time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from assessments.access import assessment_result
from assessments.forms.errors import error_links
from assessments.pages.result import can_take_steps
from assessments.time_plan.forms import TimeForm
from assessments.time_plan.pages import time_choices, time_plan_html


@require_safe
def steps_in_time(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """For the time in `?hours=`; without it the page only asks."""
    access, frozen = assessment_result(request.user, pk)
    form = TimeForm(request.GET if "hours" in request.GET else None)
    plan = time_plan_html(access, frozen, form.cleaned_data["hours"]) if form.is_valid() else None
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "result": frozen,
        "form": form,
        "choices": time_choices(),
        "chosen": form.cleaned_data.get("hours") if form.is_bound else None,
        "plan": plan,
        "can_take_steps": can_take_steps(access, frozen),
        "errors": error_links(form),
    }
    return render(request, "assessments/steps_in_time.html", context, status=422 if form.errors else 200)
