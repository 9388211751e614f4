"""A run as a whole: home, start, overview, check, finish, restart, delete."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import organisation_read
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.services.locks import lock_organisation
from assessments.access import (
    AssessmentAccess,
    assessment_open,
    assessment_read,
    assessment_result,
    organisation_for_start,
)
from assessments.collaboration import has_waiting_questions, latest_reviews, reviews_of
from assessments.editions.stored import edition_of
from assessments.editions.upgrades import upgrade_offer
from assessments.forms.collaboration import AssignForm
from assessments.forms.errors import error_links
from assessments.models import AssessmentState
from assessments.pages.answering.check import check_page
from assessments.pages.answering.done import domain_done
from assessments.pages.collaboration.sharing import sharing_on
from assessments.pages.home import home_page, organisation_page, start_of
from assessments.pages.overview import overview_page
from assessments.pages.scope import first_open_screen
from assessments.queries import answers_of
from assessments.results.run_names import run_name
from assessments.services.deletion import delete_finished
from assessments.services.runs import delete_assessment, finish_assessment, restart_assessment, start_assessment


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The list of organisations. Without `?all`, `start_of` may lead straight to one of them or to the desk."""
    if "all" not in request.GET:
        start_url = start_of(request.user)
        if start_url:
            return redirect(start_url)
    page = home_page(request.user, query=request.GET, day=timezone.localdate())
    return render(request, "assessments/home.html", {"page": page, "waits": has_waiting_questions(request.user)})


@require_safe
def organisation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = organisation_read(request.user, pk)
    return render(
        request,
        "assessments/organisation.html",
        {
            "page": organisation_page(standing, request.GET, day=timezone.localdate()),
            "organisation": standing.organisation,
            "waits": has_waiting_questions(request.user),
        },
    )


@require_POST
@transaction.atomic
def assessment_start(request: SignedInRequest, pk: UUID) -> HttpResponse:
    run = start_assessment(organisation=organisation_for_start(request.user, pk), started_by=request.user)
    return redirect("assessment", pk=run.pk)


@require_safe
def assessment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Leads to the current stage of the run: scope first, then the task list, in the end the result."""
    access = assessment_read(request.user, pk)
    if access.assessment.is_finished:
        return redirect("result", pk=pk)
    if access.assessment.state == AssessmentState.SCOPING:
        return redirect("scope", pk=pk)
    return show_overview(request, access)


def show_overview(
    request: SignedInRequest, access: AssessmentAccess, *, form: AssignForm | None = None
) -> HttpResponse:
    """`form` is one with errors in it."""
    sharing = sharing_on(access, form)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": overview_page(access, answers_of(access.assessment), sharing.answers),
        "sharing": sharing,
        "errors": error_links(form) if form else [],
        "offer": upgrade_offer(access.assessment),
        "can_answer": access.can(Capability.ANSWER),
        "can_edit_scope": access.can(Capability.EDIT_SCOPE),
        "can_delete": access.can(Capability.DELETE_DRAFT),
    }
    return render(request, "assessments/overview.html", context, status=422 if form else 200)


@require_safe
def check_answers(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access = assessment_read(request.user, pk)
    if access.assessment.state != AssessmentState.ANSWERING:
        return redirect("assessment", pk=pk)
    rows = answers_of(access.assessment)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "done": domain_done(access, request.GET.get("done", ""), rows, timezone.localdate()),
        "page": check_page(access, rows, latest_reviews(reviews_of(access.assessment))),
        "can_answer": access.can(Capability.ANSWER),
        "can_submit": access.can(Capability.SUBMIT),
    }
    return render(request, "assessments/check.html", context)


@require_POST
@transaction.atomic
def assessment_finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Freezes the result; a second click leads to the same one.

    Whoever answers a question again at the same moment waits, or is waited for: that stands on the newest result.
    """
    lock_organisation(assessment_read(request.user, pk).assessment.organisation_id, request.user)
    access = assessment_read(request.user, pk, lock=True)
    if access.assessment.state == AssessmentState.ANSWERING:
        access = assessment_open(request.user, pk, Capability.SUBMIT)
        finish_assessment(
            assessment=access.assessment, edition=access.edition, finished_by=request.user, now=timezone.now()
        )
    return redirect("assessment", pk=pk)


@require_POST
def assessment_restart(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access, _ = assessment_result(request.user, pk, Capability.REOPEN)
    run = restart_assessment(finished=access.assessment, started_by=request.user, now=timezone.now())
    upgraded = run.edition_id != access.assessment.edition_id
    return redirect(
        "scope" if upgraded and first_open_screen(edition_of(run.edition), run) else "assessment", pk=run.pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def result_delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """An owner deletes a finished assessment with its result."""
    access, _ = assessment_result(request.user, pk, Capability.MANAGE_ORGANISATION)
    if request.method != "POST":
        run = access.assessment
        context = {"assessment": run, "organisation": run.organisation, "name": run_name(run)}
        return render(request, "assessments/delete_finished.html", context)
    delete_finished(assessment=access.assessment, by=actor_of(request))
    return redirect("organisation", pk=access.assessment.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def assessment_delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access = assessment_open(request.user, pk, Capability.DELETE_DRAFT, lock=request.method == "POST")
    if request.method != "POST":
        context = {"assessment": access.assessment, "organisation": access.assessment.organisation}
        return render(request, "assessments/delete.html", context)
    delete_assessment(assessment=access.assessment)
    return redirect("organisation", pk=access.assessment.organisation_id)
