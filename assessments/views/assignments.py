"""Who answers what, and what is waiting for me."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.site_urls import absolute_url
from assessments.access import assessment_open
from assessments.collaboration import assignees_by_domain, colleagues_on
from assessments.forms.collaboration import AssignForm
from assessments.models import AssessmentState
from assessments.pages.collaboration.my_questions import my_questions_page
from assessments.pages.collaboration.sharing import assign_form
from assessments.services.assignments import assign_domains
from assessments.services.mail_limits import may_be_mailed
from assessments.services.notices import notify_assignee
from assessments.views.runs import show_overview


@require_safe
def my_questions(request: SignedInRequest) -> HttpResponse:
    return render(request, "assessments/my_questions.html", {"page": my_questions_page(request.user, request.GET)})


@require_POST
@transaction.atomic
def assign(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access = assessment_open(request.user, pk, Capability.ASSIGN, lock=True)
    if access.assessment.state != AssessmentState.ANSWERING:
        return redirect("assessment", pk=pk)
    colleagues = colleagues_on(access.assessment)
    form: AssignForm = assign_form(access, colleagues, assignees_by_domain(access.assessment, colleagues), request.POST)
    if not form.is_valid():
        return show_overview(request, access, form=form)
    new = assign_domains(
        assessment=access.assessment, chosen=form.chosen(), assigned_by=request.user, now=timezone.now()
    )
    told = {person: domains for person, domains in new.items() if may_be_mailed(access.assessment, person, "domains")}
    notify_assignee(
        new={person: [access.edition.domain[code].title for code in domains] for person, domains in told.items()},
        by=request.user,
        organisation=access.assessment.organisation.name,
        link=absolute_url(reverse("my_questions")),
    )
    messages.success(request, _("Your changes to who answers what are saved."))
    return redirect("assessment", pk=pk)
