"""Steps to tick, and the answers that matter most."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from assessments.access import assessment_result
from assessments.forms.errors import error_links
from assessments.queries import load_scored_result
from assessments.what_if.answers_page import what_matters_html
from assessments.what_if.forms import TickedSteps
from assessments.what_if.pages import outcome_of, what_if_page


@require_safe
@vary_on_headers("HX-Request")
def what_if_steps(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """For the steps in `?step=`; htmx gets what changes alone."""
    access, frozen = assessment_result(request.user, pk)
    result = load_scored_result(access.edition, frozen)
    form = TickedSteps([todo.question.id for todo in result.todo], request.GET)
    ticked = frozenset(form.cleaned_data["step"] if form.is_valid() else ())
    outcome = outcome_of(access.edition, frozen, result, ticked)
    if "HX-Request" in request.headers and not form.errors:
        return render(request, "assessments/_what_if_outcome.html", {"outcome": outcome})
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": what_if_page(access.edition, frozen, result, ticked),
        "outcome": outcome,
        "errors": error_links(form),
    }
    return render(request, "assessments/what_if.html", context, status=422 if form.errors else 200)


@require_safe
def what_matters(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access, frozen = assessment_result(request.user, pk)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": what_matters_html(access, frozen),
    }
    return render(request, "assessments/what_matters.html", context)
