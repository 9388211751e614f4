"""A run as a whole: home, start, overview, check, submit, run again, delete."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import organisation_read
from accounts.permissions import Capability
from accounts.queries import standings_of
from accounts.requests import SignedInRequest
from assessments.access import Seen, assessment_open, assessment_read, assessment_result, organisation_for_start
from assessments.forms.together import AssignForm
from assessments.models import AssessmentState
from assessments.offers import offer_of
from assessments.pages.check import check_page
from assessments.pages.errors import error_links
from assessments.pages.home import home_page, organisation_page, start_of
from assessments.pages.overview import overview_page
from assessments.pages.sharing import sharing_on
from assessments.queries import answers_of
from assessments.services.runs import delete_run, run_again, start_assessment, submit
from assessments.together import latest_reviews, reviews_of, waits_for


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Who looks after one organisation goes straight to it, a consultant to the desk; who asks for the list chooses."""
    standings = standings_of(request.user)
    start = start_of(standings)
    if start and "all" not in request.GET:
        return redirect(start)
    page = home_page(standings, wanted=request.GET.get("name", ""))
    return render(request, "assessments/home.html", {"page": page, "waits": waits_for(request.user)})


@require_safe
def organisation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = organisation_read(request.user, pk)
    return render(
        request,
        "assessments/organisation.html",
        {
            "page": organisation_page(standing),
            "organisation": standing.organisation,
            "waits": waits_for(request.user),
        },
    )


@require_POST
@transaction.atomic
def start(request: SignedInRequest, pk: UUID) -> HttpResponse:
    run = start_assessment(organisation=organisation_for_start(request.user, pk), started_by=request.user)
    return redirect("assessment", pk=run.pk)


@require_safe
def assessment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where the run stands: scope first, then the task list, in the end the result."""
    seen = assessment_read(request.user, pk)
    if seen.assessment.state == AssessmentState.SUBMITTED:
        return redirect("result", pk=pk)
    if seen.assessment.state == AssessmentState.SCOPING:
        return redirect("scope", pk=pk)
    return show_overview(request, seen)


def show_overview(request: SignedInRequest, seen: Seen, *, form: AssignForm | None = None) -> HttpResponse:
    """`form` is one with errors in it."""
    sharing = sharing_on(seen, form)
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "page": overview_page(seen, answers_of(seen.assessment), sharing.answers),
        "sharing": sharing,
        "errors": error_links(form) if form else [],
        "offer": offer_of(seen.assessment),
        "can_answer": seen.can(Capability.ANSWER),
        "can_edit_scope": seen.can(Capability.EDIT_SCOPE),
        "can_delete": seen.can(Capability.DELETE_DRAFT),
    }
    return render(request, "assessments/overview.html", context, status=422 if form else 200)


@require_safe
def check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    seen = assessment_read(request.user, pk)
    if seen.assessment.state != AssessmentState.ANSWERING:
        return redirect("assessment", pk=pk)
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "page": check_page(seen, answers_of(seen.assessment), latest_reviews(reviews_of(seen.assessment))),
        "can_answer": seen.can(Capability.ANSWER),
        "can_submit": seen.can(Capability.SUBMIT),
    }
    return render(request, "assessments/check.html", context)


@require_POST
@transaction.atomic
def submit_run(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Freezes the result; a second click leads to the same one."""
    seen = assessment_read(request.user, pk, lock=True)
    if seen.assessment.state == AssessmentState.ANSWERING:
        seen = assessment_open(request.user, pk, Capability.SUBMIT)
        submit(assessment=seen.assessment, edition=seen.edition, submitted_by=request.user, now=timezone.now())
    return redirect("assessment", pk=pk)


@require_POST
def again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    seen, _ = assessment_result(request.user, pk, Capability.REOPEN)
    run = run_again(finished=seen.assessment, started_by=request.user)
    return redirect("assessment", pk=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    seen = assessment_open(request.user, pk, Capability.DELETE_DRAFT, lock=request.method == "POST")
    if request.method != "POST":
        context = {"assessment": seen.assessment, "organisation": seen.assessment.organisation}
        return render(request, "assessments/delete.html", context)
    delete_run(assessment=seen.assessment)
    return redirect("organisation", pk=seen.assessment.organisation_id)
